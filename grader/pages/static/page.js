// Keeps the page up to date. Without this file it is a static view, and all links work.
"use strict";

const AROUND = ["progress", "course"];
const WITHIN = ["fault", "heading", "answer", "hints", "lesson", "around"]; // of main
const live = document.getElementById("live");
let newest = Number(document.body.dataset.revision);
let fetching = false;

// Where there is room, the map is open; CSS alone does it in the newest browsers only.
const wide = matchMedia("(min-width: 64rem)");
const openMap = () => { if (wide.matches) document.getElementById("map").open = true; };
wide.addEventListener("change", openMap);
openMap();

function say(text, lost) {
  live.hidden = false;
  live.classList.toggle("lost", lost);
  live.querySelector("b").textContent = text;
}

function replacePart(id, fresh) {
  const old = document.getElementById(id);
  const next = fresh.getElementById(id);
  if (!old || !next || old.outerHTML === next.outerHTML) return;
  const open = new Set([...old.querySelectorAll("details[open]")].map((d) => d.id));
  if (id === "answer" && old.className === next.className)
    for (const d of next.querySelectorAll("details")) d.open = open.has(d.id);
  next.classList.add("swapped");
  old.replaceWith(document.adoptNode(next));
  setTimeout(() => next.classList.remove("swapped"), 400);
}

function keyOf(element) {
  return element && (element.id || element.getAttribute("href"));
}

function show(fresh) {
  const focused = document.activeElement;
  const key = keyOf(focused);
  const has = (page, id) => page.getElementById(id) !== null;
  const alike = WITHIN.every((id) => has(document, id) === has(fresh, id));
  for (const id of alike ? [...AROUND, ...WITHIN] : [...AROUND, "main"]) replacePart(id, fresh);
  document.title = fresh.title;
  const footer = fresh.querySelector("footer.bottom");
  if (footer) document.querySelector("footer.bottom").replaceWith(document.adoptNode(footer));
  const news = document.getElementById("news");
  const text = fresh.getElementById("news").textContent;
  if (news.textContent !== text) news.textContent = text;
  if (key && !focused.isConnected) {
    const again = [...document.querySelectorAll("a, summary, [id]")].find((e) => keyOf(e) === key);
    if (again) again.focus({ preventScroll: true });
  }
}

async function load(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  show(fresh);
  return Number(fresh.body.dataset.revision);
}

async function update() {
  if (fetching) return; // it looks again when it is done
  fetching = true;
  try {
    let shown = Number(document.body.dataset.revision);
    while (shown < newest) shown = await load(location.href);
    document.body.dataset.revision = shown;
  } catch {
    say("The server does not answer.", true);
  } finally {
    fetching = false;
  }
}

// Hints open in place; the address says how many are open, so a reload keeps them.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const target = new URL(link.href);
  history.replaceState(null, "", target.pathname + target.search);
  await load(location.href);
  document.getElementById(target.hash.slice(1))?.focus();
});

const events = new EventSource("/events");
let lost = false;
events.addEventListener("open", () => {
  if (lost) location.reload(); // another server, perhaps about another course
  else say("live", false);
});
events.addEventListener("error", () => {
  lost = true;
  say("The server has stopped.", true);
});
events.addEventListener("revision", (event) => {
  newest = Number(event.data);
  update();
});
