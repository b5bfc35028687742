// Keeps what is written on the Briefing page in the reader's browser, and offers it again.
//
// Each tab has a slot of its own for each area and briefing, so that two tabs never overwrite one
// another: a tab fills its boxes from its own slot, and offers what stands in the others. A slot is
// written at every key, because a tab can be closed, frozen or cut off at any moment.
if (!window.keepsDrafts) {
  window.keepsDrafts = true;
  const PREFIX = "briefing ";
  const NO_ROOM =
    "This browser keeps nothing here, so what you write is lost when you leave the page. Save it to a file.";
  const BEING_WRITTEN =
    "It is being written in another tab of this browser just now. Each tab keeps and downloads its own words.";
  const texts = {}; // by place, then by section: what the boxes of this tab have, or had
  const news = {}; // by place: what is said above the offers
  const filled = new WeakSet();
  const live = new Set(); // slots that another tab has written to since this page was opened
  let undo = null;

  // Storage can be forbidden, full, or gone: then what is written stays in the boxes alone.
  const attempt = (what, otherwise) => {
    try {
      return what();
    } catch {
      return otherwise;
    }
  };
  const fresh = () => Math.random().toString(36).slice(2, 10);
  let tab = attempt(() => sessionStorage.getItem(`${PREFIX}tab`), null) ?? fresh();
  const beTab = (name) => {
    tab = name;
    attempt(() => sessionStorage.setItem(`${PREFIX}tab`, name));
  };
  beTab(tab);

  const theForm = () => document.querySelector("form.brief");
  const boxes = () => [...document.querySelectorAll("textarea[data-place]")];
  const slot = (place) => `${PREFIX}${place} ${tab}`;
  const slots = () => attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)), []);
  const drop = (key) => attempt(() => localStorage.removeItem(key));

  function read(key) {
    const draft = attempt(() => JSON.parse(localStorage.getItem(key)), null);
    const isDraft = draft && typeof draft.at === "number" && draft.texts && typeof draft.texts === "object";
    if (!isDraft) return null;
    const kept = Object.entries(draft.texts).filter(([, text]) => typeof text === "string" && text);
    return kept.length ? { ...draft, texts: Object.fromEntries(kept) } : null;
  }

  function keep(place) {
    const kept = Object.fromEntries(Object.entries(texts[place]).filter(([, text]) => text.trim()));
    if (!Object.keys(kept).length) return drop(slot(place));
    const draft = { texts: kept, at: Date.now(), build: theForm()?.dataset.build ?? "" };
    const isKept = attempt(() => (localStorage.setItem(slot(place), JSON.stringify(draft)), true), false);
    if (!isKept) say(place, NO_ROOM);
  }

  // What this tab has of one area and briefing; the first time, what its slot has.
  function own(place) {
    if (texts[place]) return texts[place];
    const draft = read(slot(place));
    texts[place] = draft?.texts ?? {};
    if (draft) say(place, `Your draft of ${when(draft)} is in the boxes.${aged(draft)}`, "delete");
    return texts[place];
  }

  const when = (draft) =>
    new Date(draft.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  const counted = (number, one, many) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
  function size(draft) {
    const all = Object.values(draft.texts);
    const words = all.join(" ").trim().split(/\s+/).length;
    return `${counted(words, "word", "words")} in ${counted(all.length, "box", "boxes")}`;
  }
  // Words that were written about other figures than the page now has.
  function aged(draft) {
    const build = theForm()?.dataset.build;
    if (!draft.build || !build || draft.build === build) return "";
    return ` The data has changed since it was written (build ${draft.build} then, ${build} now): check that your words still fit the figures.`;
  }

  const say = (place, text, act = "") => {
    news[place] = { text, act };
    show();
  };
  const button = (act, label, key = "") => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", value: act, textContent: label });
    made.dataset.key = key;
    return made;
  };
  const line = (text, ...buttons) => {
    const made = document.createElement("p");
    made.className = "notice";
    made.append(text, " ", ...buttons.flatMap((one) => [one, " "]));
    return made;
  };

  // Says what there is of this area and briefing. Text only: nothing a reader wrote is markup.
  function show() {
    const form = theForm();
    const room = form?.querySelector(".drafts");
    if (!room) return;
    const { place, name } = form.dataset;
    const lines = [];
    const said = news[place];
    if (said?.text) {
      const acts = { delete: ["Delete it"], undo: ["Undo"] }[said.act] ?? [];
      lines.push(line(said.text, ...acts.map((label) => button(said.act, label))));
    }
    const others = slots().filter((key) => key.startsWith(`${PREFIX}${place} `) && key !== slot(place));
    const drafts = others.map((key) => [key, read(key)]).filter(([, draft]) => draft);
    drafts.sort(([, a], [, b]) => b.at - a.at);
    for (const [key, draft] of drafts) {
      const where = live.has(key) ? ` ${BEING_WRITTEN}` : "";
      const text = `You have a draft of ${when(draft)} for ${name} in this browser: ${size(draft)}.${where}${aged(draft)}`;
      lines.push(line(text, button("use", "Use it", key), button("discard", "Delete it", key)));
    }
    if (room.innerHTML === lines.map((one) => one.outerHTML).join("")) return; // keeps the focus
    room.replaceChildren(...lines);
  }

  // Boxes are drawn by the page, again and again: each new one is filled once, from this tab's words.
  function fill() {
    const form = theForm();
    if (!form) return;
    for (const box of boxes()) {
      if (filled.has(box)) continue;
      filled.add(box);
      box.setAttribute("form", form.id);
      box.value = own(box.dataset.place)[box.dataset.section] ?? "";
      count(box);
    }
    const room = form.querySelector(".drafts");
    if (room && !filled.has(room)) {
      filled.add(room);
      show();
    }
  }

  function refill() {
    for (const box of boxes()) {
      box.value = own(box.dataset.place)[box.dataset.section] ?? "";
      count(box);
    }
  }

  // How much room is left, said when it gets short; what is too long is never cut.
  const over = (box) => [...box.value.trim()].length - box.dataset.most;
  function count(box) {
    const left = -over(box);
    const few = box.dataset.most / 5;
    const said =
      left < 0 ? `You have ${counted(-left, "character", "characters")} too many`
      : left <= few ? `You have ${counted(left, "character", "characters")} left`
      : "";
    box.nextElementSibling.textContent = said;
    box.nextElementSibling.classList.toggle("wrong", left < 0);
    box.setAttribute("aria-invalid", left < 0);
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  }

  function take(box) {
    own(box.dataset.place)[box.dataset.section] = box.value;
    keep(box.dataset.place);
  }
  function flush() {
    for (const box of boxes()) {
      if (filled.has(box) && (own(box.dataset.place)[box.dataset.section] ?? "") !== box.value) take(box);
    }
  }

  new MutationObserver(fill).observe(document.body, { subtree: true, childList: true });
  fill();
  addEventListener("input", ({ target }) => {
    if (!target.matches?.("textarea[data-place]")) return;
    take(target);
    count(target);
  });
  addEventListener("resize", () => boxes().forEach(count));
  addEventListener("focusout", flush);
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", flush);
  document.addEventListener("freeze", flush);

  addEventListener("beforedownload", (event) => {
    if (!event.target.matches("form.brief")) return;
    fill();
    flush();
    const long = boxes().find((box) => over(box) > 0);
    if (!long) return;
    event.preventDefault();
    const said = event.target.querySelector(".outcome");
    said.textContent = `${long.previousElementSibling.textContent} has ${counted(over(long), "character", "characters")} too many. Shorten it, then download: no file was made.`;
    said.classList.add("wrong");
    long.focus();
  });

  // Another tab has written, used or deleted a draft. A tab that was copied takes a slot of its own.
  addEventListener("storage", ({ key, newValue }) => {
    const place = theForm()?.dataset.place;
    if (!key?.startsWith(PREFIX)) return;
    if (place && key === slot(place) && newValue) {
      beTab(fresh());
      keep(place);
    }
    if (newValue) live.add(key);
    show();
  });

  const acts = {
    use(place, key) {
      const draft = read(key);
      if (!draft) return show();
      undo = { place, texts: { ...own(place) }, key, slot: localStorage.getItem(key) };
      const lost = Object.keys(draft.texts).filter((one) => own(place)[one]?.trim() && own(place)[one] !== draft.texts[one]);
      texts[place] = { ...own(place), ...draft.texts };
      drop(key);
      refill();
      keep(place);
      const instead = lost.length ? ` It stands in ${counted(lost.length, "box", "boxes")} instead of what you had written there.` : "";
      say(place, `The draft of ${when(draft)} is in the boxes.${instead}${aged(draft)}`, "undo");
    },
    discard(place, key) {
      undo = { place, texts: { ...own(place) }, key, slot: localStorage.getItem(key) };
      drop(key);
      say(place, "The draft is deleted.", "undo");
    },
    delete(place) {
      undo = { place, texts: { ...own(place) } };
      texts[place] = {};
      refill();
      keep(place);
      say(place, "Your commentary is deleted from the boxes and from this browser.", "undo");
    },
    "delete-all"(place) {
      slots().filter((key) => key !== `${PREFIX}tab`).forEach(drop);
      for (const each of Object.keys(texts)) texts[each] = {};
      undo = null;
      refill();
      say(place, "All commentary that this browser kept is deleted, for every area and briefing.");
    },
    undo(place) {
      if (!undo || undo.place !== place) return;
      texts[place] = undo.texts;
      if (undo.slot) attempt(() => localStorage.setItem(undo.key, undo.slot));
      undo = null;
      refill();
      keep(place);
      say(place, "Undone.");
    },
    save(place) {
      flush();
      const { area, brief, kind } = theForm().dataset;
      const kept = Object.fromEntries(Object.entries(own(place)).filter(([, text]) => text.trim()));
      const file = JSON.stringify({ kind, area, brief, commentary: kept }, null, 2);
      saveFile(new Blob([file], { type: "application/json" }), `commentary-${area}-${brief}.json`);
    },
  };
  addEventListener("click", (event) => {
    const by = event.target.closest?.("form.brief button[type=button]");
    if (by) acts[by.value](theForm().dataset.place, by.dataset.key);
  });

  const MOST_BYTES = 200_000;
  function parsed(content, about) {
    const given = attempt(() => JSON.parse(content), undefined);
    if (given === undefined) throw "The file is not saved commentary: it cannot be read.";
    if (given?.kind !== about.kind) throw "The file is not commentary that was saved here.";
    if (given.area !== about.area || given.brief !== about.brief) {
      throw "The file is of another local authority or another briefing.";
    }
    const all = given.commentary;
    const isText = all && typeof all === "object" && Object.values(all).every((text) => typeof text === "string");
    if (!isText) throw "The file is damaged: its commentary is not text.";
    return all;
  }
  addEventListener("change", async ({ target }) => {
    if (!target.matches?.("form.brief input[type=file]") || !target.files.length) return;
    const [file] = target.files;
    const about = theForm().dataset;
    const { place } = about;
    try {
      if (file.size > MOST_BYTES) throw "The file is too large to be saved commentary.";
      const loaded = parsed((await file.text()).replace(/^\ufeff/, ""), about);
      undo = { place, texts: { ...own(place) } };
      texts[place] = { ...loaded };
      refill();
      keep(place);
      say(place, "Your commentary is loaded.", "undo");
    } catch (why) {
      say(place, typeof why === "string" ? why : "The file cannot be read.");
    }
    target.value = "";
  });
}
