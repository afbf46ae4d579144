// The side panel: what one turn understood (the Brief) and why each Suggestion is there.
// Every text is set through textContent: what shoppers, products and feeds say stays text.

/** A new element with a class and a text. */
export function make(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

export function money(amount, currency) {
  const value = Number(amount);
  if (!Number.isFinite(value)) return String(amount);
  try {
    return new Intl.NumberFormat("en-GB", { style: "currency", currency: currency || "GBP" }).format(value);
  } catch {
    return `${value.toFixed(2)} ${currency}`;
  }
}

/** What the parts of a score are called here; parts not named show their own name. */
const PARTS = {
  matches: "Wishes met", past: "Past orders", popular: "Bought lately", season: "Season", price_fit: "Price",
  recipient: "Recipient", occasion: "Occasion", like_shown: "Like the one shown", bought_already: "Bought already",
  not_a_gift: "Hardly a gift", words: "Words of past orders", fresh: "New in the shop", quiet: "Sold lately at all",
  steered: "Merchandisers", margin: "Margin",
};

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const words = (name) => capital(String(name).replaceAll("_", " "));

function age(range) {
  const [low, high] = range;
  if (low === high) return String(low);
  return high >= 110 ? `${low} or older` : `${low} to ${high}`;
}

function budget(brief) {
  const { budget_min: low, budget_max: high, currency } = brief;
  if (brief.no_budget) return "no limit";
  if (low != null && high != null) return `${money(low, currency)} to ${money(high, currency)}`;
  if (high != null) return `up to ${money(high, currency)}`;
  return low != null ? `from ${money(low, currency)}` : "";
}

/** The Brief as labelled values, in the order a person would say them. */
export function chips(brief) {
  const found = [
    ["For", brief.recipient && capital(brief.recipient)],
    ["Age", brief.recipient_age && age(brief.recipient_age)],
    ["Gender", brief.recipient_gender && capital(brief.recipient_gender)],
    ["Occasion", brief.occasion && words(brief.occasion)],
    ["Budget", budget(brief)],
    ["Needed by", brief.deadline],
    ["Goes to", brief.deliver_place && words(brief.deliver_place)],
    ...(brief.interests || []).map((interest) => ["Likes", words(interest)]),
    ...(brief.exclusions || []).map((exclusion) => ["Not", words(exclusion), "avoid"]),
  ];
  return found.filter(([, value]) => value);
}

function briefList(brief) {
  const found = chips(brief);
  if (!found.length) return make("p", "about", "Nothing about a gift yet.");
  const list = make("dl", "chips");
  for (const [label, value, kind] of found) {
    const chip = make("div", kind || "");
    chip.append(make("dt", "", label), make("dd", "", value));
    list.append(chip);
  }
  return list;
}

const weighty = (suggestion) => Object.entries(suggestion.parts || {}).filter(([, value]) => Math.abs(value) >= 0.005);

/** What the score is made of; `largest` is the longest bar of the whole turn, so that cards compare. */
function partBars(entries, largest) {
  const bars = make("div", "parts");
  for (const [name, value] of entries.sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))) {
    const track = make("div", "track");
    const fill = make("span", value < 0 ? "against" : "");
    fill.style.width = `${(100 * Math.abs(value)) / largest}%`;
    track.append(fill);
    bars.append(make("span", "", PARTS[name] || words(name)), track, make("span", "number", Number(value).toFixed(2)));
  }
  return bars;
}

function suggestionCard(suggestion, place, largest) {
  const card = make("article", "suggestion");
  const head = make("header");
  head.append(make("span", "", `${suggestion.rank ?? place}. ${suggestion.title}`),
    make("span", "price", money(suggestion.price, suggestion.currency)));
  const reasons = make("ul");
  for (const reason of suggestion.reasons || []) reasons.append(make("li", "", reason));
  for (const steer of suggestion.steered || []) reasons.append(make("li", "", `Steered: ${steer}`));
  card.append(head, reasons, partBars(weighty(suggestion), largest));
  return card;
}

/** Show one turn; `said` is the message that began it, `turn` null where none is known yet. */
export function showTurn(place, said, turn) {
  place.replaceChildren();
  if (!turn) {
    place.append(make("p", "about", "Write a message: what the bot makes of it appears here."));
    return;
  }
  const took = `in ${turn.ms < 1 ? "under 1" : Math.round(turn.ms)}\u00a0ms`;
  place.append(make("p", "about", `After “${said}”, ${took}`), briefList(turn.brief || {}));
  if (!turn.suggestions?.length) return;
  place.append(make("h3", "", "Why these"));
  const largest = Math.max(...turn.suggestions.flatMap(weighty).map(([, value]) => Math.abs(value)), 0.005);
  turn.suggestions.forEach((suggestion, index) => place.append(suggestionCard(suggestion, index + 1, largest)));
}
