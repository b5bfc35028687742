// Puts the boundaries on the page and colours them. The shapes come once from the server and are
// kept by the browser; what changes with the metric is each area's colour, words and link.
const NAMESPACE = "http://www.w3.org/2000/svg";

export default function ({ data, parentElement }) {
  const place = parentElement.querySelector(".shapes");
  fetch(data.picture)
    .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
    .then((picture) => draw(place, picture, data.areas))
    .catch(() => { place.textContent = data.failed; });
}

function draw(place, picture, areas) {
  if (!place.firstElementChild) {
    place.append(new DOMParser().parseFromString(picture, "image/svg+xml").documentElement);
  }
  for (const shape of place.querySelectorAll("[data-area]")) {
    colour(shape, areas[shape.dataset.area]);
  }
  // What is drawn last lies on top: an outline must not be cut by the shapes beside it.
  for (const marked of place.querySelectorAll(".neighbour, .focus")) {
    const group = marked.closest("g");
    group.append(marked.closest("a") ?? marked);
  }
  for (const chosen of place.querySelectorAll(".focus")) {
    chosen.closest("g").append(chosen.closest("a") ?? chosen);
  }
}

function colour(shape, area) {
  if (!area) return;
  const [style, said, address] = area;
  let link = shape.closest("a");
  if (!link) {
    link = document.createElementNS(NAMESPACE, "a");
    link.setAttribute("tabindex", "-1");
    shape.replaceWith(link);
    link.append(document.createElementNS(NAMESPACE, "title"), shape);
  }
  link.setAttribute("href", address);
  link.firstElementChild.textContent = said;
  shape.setAttribute("class", style);
}
