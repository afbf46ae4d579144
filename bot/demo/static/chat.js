// The talk: a person writes as a shopper, answers arrive by long poll from the sandbox.
// Every text is set through textContent, never as markup.
import { linked, picture } from "/static/bubbles.js";
import { showStanding } from "/static/outbox.js";
import { make, showTurn } from "/static/panel.js";

const PATIENCE_MS = 30000;
const LOOK_MS = 2000;
const COLLEAGUE = "Hello, this is Anna from The Gift Counter. I will help you myself from here.";
const EXAMPLES = [
  "Hi, I need a birthday present for my mum, she loves gardening, about £20 to £30",
  "Something small for my daughter's teacher, under £10",
  "A housewarming gift for friends who love to cook",
];

const at = (id) => document.getElementById(id);
const page = {
  shopper: at("shopper"), newcomer: at("newcomer"), scroll: at("scroll"), welcome: at("welcome"), talk: at("talk"),
  typing: at("typing"), notice: at("notice"), compose: at("compose"), text: at("text"), panel: at("panel"),
  toggle: at("toggle"), close: at("close"), turn: at("turn"), examples: at("examples"),
  colleague: at("colleague"), silence: at("silence"), counts: at("counts"), sends: at("sends"),
};

/** What is known of the talk on show; made anew when the shopper is switched. */
let talk = newTalk("");

function newTalk(id) {
  return { id, last: 0, day: "", said: new Map(), turns: new Map(), due: new Map(), unclaimed: [], stop: new AbortController() };
}

async function call(path, options = {}) {
  const response = await fetch(path, { ...options, headers: { "Content-Type": "application/json" } });
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || `the demo answered ${response.status}`);
  return answer;
}

// ---------------------------------------------------------------- bubbles
function dayLine(when) {
  const day = when.toDateString() === new Date().toDateString()
    ? "Today" : when.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
  if (day === talk.day) return;
  talk.day = day;
  page.talk.append(make("li", "day", day));
}

function addMessage(message) {
  const when = new Date(message.at);
  dayLine(when);
  const row = make("li", `message ${message.from === "shopper" ? "shopper" : "brand-side"}`);
  const bubble = make("div", "bubble");
  bubble.append(...linked(message.text), ...message.pictures.map((each) => picture(each, atEnd)));
  const meta = make("div", "meta");
  const time = make("time", "", when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
  time.dateTime = message.at;
  meta.append(make("span", "unseen", message.from === "shopper" ? "You, " : "The Gift Counter, "), time);
  if (message.typed) meta.append(make("span", "", "a colleague"));
  row.append(bubble, meta);
  page.talk.append(row);
  if (message.from === "shopper") talk.said.set(message.id, message.text);
  else if (!message.typed) talk.unclaimed.push({ text: message.text, meta });
}

function atEnd() {
  page.scroll.scrollTop = page.scroll.scrollHeight;
}

function notice(text) {
  page.notice.textContent = text;
  page.notice.hidden = !text;
}

function showTyping() {
  const was = page.typing.hidden;
  page.typing.hidden = talk.due.size === 0;
  if (was && !page.typing.hidden) atEnd();
}

// ---------------------------------------------------------------- turns
const plain = (text) => text.split(/\s+/).join(" ").trim();

/** Find each new answer's turn, put "Why these?" beside it, and stop waiting for what is answered. */
async function settle(of) {
  const open = [...of.said.keys()].filter((id) => !of.turns.has(id)).slice(-20);
  const found = await Promise.all(open.map((id) => call(`/api/turns/${of.id}/${id}`).catch(() => null)));
  if (of !== talk) return;
  let latest = null;
  open.forEach((id, index) => {
    const turn = found[index];
    if (!turn) return;
    if (turn.replies.length === 0) {
      of.due.delete(id);
      notice("A person of the brand has this talk now; the bot stays quiet.");
    } else if (!claim(of, id, turn)) return;
    of.turns.set(id, turn);
    latest = id;
  });
  if (latest) select(latest);
  showTyping();
}

function claim(of, id, turn) {
  const index = of.unclaimed.findIndex((answer) => turn.replies.every((reply) => plain(answer.text).includes(plain(reply))));
  if (index < 0) return false;
  const [answer] = of.unclaimed.splice(index, 1);
  of.due.delete(id);
  const why = make("button", "", turn.suggestions.length ? "Why these?" : "What was understood");
  why.type = "button";
  why.addEventListener("click", () => { select(id); openPanel(true); });
  answer.meta.append(why);
  return true;
}

function select(id) {
  showTurn(page.turn, id ? talk.said.get(id) : "", id ? talk.turns.get(id) : null);
  page.panel.scrollTop = 0;
}

function openPanel(open) {
  page.panel.hidden = !open;
  page.toggle.setAttribute("aria-expanded", String(open));
  stand();
}

// ---------------------------------------------------------------- the flow of messages
async function listen(of) {
  while (of === talk) {
    try {
      const { messages } = await call(`/api/talks/${of.id}?after=${of.last}`, { signal: of.stop.signal });
      if (of !== talk) return;
      for (const message of messages.filter((each) => each.n > of.last)) {
        of.last = message.n;
        addMessage(message);
      }
      page.welcome.hidden = of.last > 0;
      if (messages.length) { stand(); await settle(of); atEnd(); }
    } catch (error) {
      if (of !== talk) return;
      notice(`The demo does not answer (${error.message}). Is it still running?`);
      await new Promise((again) => setTimeout(again, 2000));
    }
  }
}

/** An answer may be silence (a person has the talk): look at the turns that are due now and then. */
setInterval(() => {
  const late = [...talk.due].filter(([, since]) => Date.now() - since > PATIENCE_MS);
  for (const [id] of late) talk.due.delete(id);
  if (late.length) notice("No answer came in time; it may still arrive.");
  if (talk.due.size) settle(talk); else showTyping();
}, 1000);

/** Who answers, and what waits: asked for while somebody looks. */
async function stand() {
  const of = talk;
  if (page.panel.hidden || document.hidden || !of.id) return;
  const standing = await call(`/api/standings/${of.id}`, { signal: of.stop.signal }).catch(() => null);
  if (standing && of === talk) showStanding(page, standing);
}

setInterval(stand, LOOK_MS);

async function say(text) {
  const of = talk;
  const answer = await call(`/api/talks/${of.id}`, { method: "POST", body: JSON.stringify({ text }) });
  if (of !== talk) return;
  notice(answer.silence ? "You opted out: the bot writes nothing more until you say START." : "");
  if (!answer.silence) of.due.set(answer.message_id, Date.now());
  showTyping();
}

const sayAsColleague = (text) => call(`/api/talks/${talk.id}/colleague`, { method: "POST", body: JSON.stringify({ text }) });

async function send(how = say, otherwise = "") {
  const text = page.text.value.trim() || otherwise;
  if (!text) return;
  page.text.value = "";
  grow();
  try {
    await how(text);
  } catch (error) {
    page.text.value = text;
    notice(`Not sent: ${error.message}`);
  }
  page.text.focus();
}

function grow() {
  page.text.style.height = "auto";
  page.text.style.height = `${page.text.scrollHeight + 2}px`;
}

// ---------------------------------------------------------------- shoppers
function switchTo(id) {
  talk.stop.abort();
  talk = newTalk(id);
  page.talk.replaceChildren();
  page.shopper.value = id;
  location.replace(`#${id}`);
  notice("");
  select(null);
  showTyping();
  stand();
  listen(talk);
}

function addShopper(shopper) {
  const option = make("option", "", shopper.about ? `${shopper.name}: ${shopper.about}` : shopper.name);
  option.value = shopper.id;
  page.shopper.append(option);
}

async function begin() {
  for (const example of EXAMPLES) {
    const button = make("button", "", example);
    button.type = "button";
    button.addEventListener("click", () => { page.text.value = example; grow(); page.text.focus(); });
    page.examples.append(button);
  }
  const { shoppers } = await call("/api/shoppers");
  shoppers.forEach(addShopper);
  const wanted = location.hash.slice(1);
  switchTo(shoppers.some((shopper) => shopper.id === wanted) ? wanted : shoppers[0].id);
  openPanel(matchMedia("(min-width: 59.01rem)").matches);
  page.newcomer.disabled = page.text.disabled = false;
  page.text.focus();
}

page.compose.addEventListener("submit", (event) => { event.preventDefault(); send(); });
page.colleague.addEventListener("click", () => send(sayAsColleague, COLLEAGUE));
page.text.addEventListener("input", grow);
page.text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
});
page.shopper.addEventListener("change", () => switchTo(page.shopper.value));
page.newcomer.addEventListener("click", async () => {
  const shopper = await call("/api/shoppers", { method: "POST", body: "{}" });
  addShopper(shopper);
  switchTo(shopper.id);
});
page.toggle.addEventListener("click", () => openPanel(page.panel.hidden));
page.close.addEventListener("click", () => { openPanel(false); page.toggle.focus(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !page.panel.hidden) openPanel(false); });
begin().catch((error) => notice(`The page could not start: ${error.message}`));
