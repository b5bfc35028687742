// What the pages ask of the browser beyond HTML. Every page works without it, only slower.
if (!window.knowsOurPages) {
  window.knowsOurPages = true;

  // The connection of a page, which every choice needs. Streamlit says of it only in a corner, and
  // later in a window that covers the page and stops all typing.
  const WAIT = 1500;
  const LOST =
    "The connection to the server is lost. You can still read this page. Choosing another " +
    "area, metric or section does nothing until the connection is back, which this page tries by " +
    "itself. Links and downloads work as soon as the server answers.";
  const TYPING = " You can go on writing: your commentary is kept in this browser.";
  const SILENT = "The server does not answer yet, so this could not be opened. Try again in a moment.";
  let lost = null;
  let waiting = 0;
  const state = () => document.querySelector("[data-test-connection-state]")?.dataset.testConnectionState;
  const isCutOff = () => state() !== "CONNECTED";
  const tell = () => {
    waiting = 0;
    if (!isCutOff() || lost) return;
    lost = document.createElement("div");
    lost.className = "cut-off";
    lost.setAttribute("role", "alert");
    lost.append(document.createElement("p"), document.createElement("p"));
    lost.firstElementChild.textContent = LOST + (document.querySelector("form.brief") ? TYPING : "");
    document.body.prepend(lost);
  };
  const look = () => {
    if (isCutOff()) {
      waiting ||= setTimeout(tell, WAIT); // most breaks are over before anybody has seen them
      const covers = [...document.querySelectorAll("[role=dialog]")];
      const ours = covers.find((cover) => cover.textContent.includes("Connection error"));
      ours?.querySelector("button[aria-label=Close]")?.click();
    } else if (lost) {
      lost.remove();
      lost = null;
    }
  };
  new MutationObserver(look).observe(document.documentElement, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-test-connection-state"],
  });
  // Leaving a page whose server does not answer would lose it: first see whether it does.
  const open = (url) =>
    fetch(url).then(
      () => location.assign(url),
      () => {
        tell();
        if (lost) lost.lastElementChild.textContent = SILENT;
      },
    );

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
    if (isCutOff()) return void open(to);
    const isElsewhere = place(to) !== place(location);
    history.pushState({}, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
    if (isElsewhere) document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
  });

  // A download is an address like any other. It is fetched here, so that a refusal or a server that
  // is away is said below the button, and the page with what was written on it stays.
  const FAILED = "The file could not be made: the server had a fault. Please try again.";
  const AWAY =
    "The server does not answer, so no file was made. Nothing on this page is lost. Try again in " +
    "a moment.";
  const NEWER =
    " It has the figures of a newer build than this page shows: reload the page to see them.";
  const LONGEST = 180_000; // ms: a file takes a second or two, and longer where many ask
  addEventListener("submit", (event) => {
    const form = event.target;
    const by = event.submitter;
    if (!by || !form.getAttribute("action")?.startsWith("download/")) return;
    if (by.value === "txt" && !isCutOff()) return; // to be read, not kept: it opens as a page
    event.preventDefault();
    if (!form.dispatchEvent(new CustomEvent("beforedownload", { bubbles: true, cancelable: true }))) return;
    const fields = new URLSearchParams(new FormData(form));
    fields.append(by.name, by.value);
    const isPost = form.method === "post";
    const url = new URL(form.action);
    if (!isPost) url.search = fields;
    if (by.value === "txt") return void open(url);
    download(form, by.textContent.replace(/^Download /, ""), url, isPost ? { method: "POST", body: fields } : {});
  });

  async function download(form, name, url, asked) {
    const said = form.querySelector("[role=status]") ?? form.appendChild(document.createElement("p"));
    said.setAttribute("role", "status");
    said.classList.add("outcome");
    const say = (text, isWrong = false) => {
      said.textContent = text;
      said.classList.toggle("wrong", isWrong);
    };
    say(`Making the ${name} file …`);
    try {
      const answer = await fetch(url, { ...asked, signal: AbortSignal.timeout?.(LONGEST) });
      if (!answer.ok) {
        const isOurs = answer.headers.get("content-type")?.startsWith("text/plain") && answer.status !== 500;
        return say(isOurs ? await answer.text() : FAILED, true);
      }
      save(await answer.blob(), /filename="([^"]+)"/.exec(answer.headers.get("content-disposition"))?.[1]);
      const build = answer.headers.get("x-build");
      const isNewer = build && form.dataset.build && build !== form.dataset.build;
      say(`The ${name} file was made at ${new Date().toLocaleTimeString("en-GB")}.${isNewer ? NEWER : ""}`);
    } catch {
      say(AWAY, true);
    }
  }

  function save(content, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name ?? "";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
  window.saveFile = save;

  // A chart keeps the width of the screen: on paper it is made to fit.
  const charts = () => document.querySelectorAll(".js-plotly-plot");
  addEventListener("beforeprint", () =>
    charts().forEach((chart) => (chart.style.zoom = Math.min(1, 690 / chart.offsetWidth))),
  );
  addEventListener("afterprint", () => charts().forEach((chart) => (chart.style.zoom = "")));
}
