// What the pages ask of the browser beyond HTML. Every page works without it, only slower.
if (!window.knowsOurPages) {
  window.knowsOurPages = true;

  // A link to a page of ours changes the address and tells Streamlit, as the Back button does: a
  // third of a second instead of loading everything again.
  const place = (url) => url.pathname + new URLSearchParams(url.search).get("area");
  addEventListener("click", (event) => {
    const link = event.target.closest?.(".stHtml a[href]");
    const isPlain = !event.button && !["meta", "ctrl", "shift", "alt"].some((k) => event[k + "Key"]);
    if (!link || link.target || !isPlain || event.defaultPrevented) return;
    const to = new URL(link.href);
    const pages = [...document.querySelectorAll("nav.pages a")].map((a) => new URL(a.href).pathname);
    if (to.hash || to.origin !== location.origin || !pages.includes(to.pathname)) return;
    event.preventDefault();
    const isElsewhere = place(to) !== place(location);
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
    if (isElsewhere) document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
  });

  // A chart keeps the width of the screen: on paper it is made to fit.
  const charts = () => document.querySelectorAll(".js-plotly-plot");
  addEventListener("beforeprint", () =>
    charts().forEach((chart) => (chart.style.zoom = Math.min(1, 690 / chart.offsetWidth))),
  );
  addEventListener("afterprint", () => charts().forEach((chart) => (chart.style.zoom = "")));
}
