/** Sets words apart in a text that is on the page, without changing the page. */

const NAME = "found";

function ranges(place: Element, words: readonly string[]): Range[] {
  const wanted = [...new Set(words.map((word) => word.toLocaleLowerCase()))].filter((word) => word !== "");
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const all: Range[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = (node.textContent ?? "").toLocaleLowerCase();
    for (const word of wanted) {
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        all.push(range);
      }
    }
  }
  return all;
}

/** Browsers without highlights show the text as it is. */
export function found(words: readonly string[]): ((place: Element) => () => void) | undefined {
  if (words.length === 0 || !("highlights" in CSS)) return undefined;
  return (place) => {
    let mine: readonly Range[] = [];
    const clear = () => mine.forEach((range) => CSS.highlights.get(NAME)?.delete(range));
    const show = () => {
      clear();
      mine = ranges(place, words);
      const all = CSS.highlights.get(NAME) ?? new Highlight();
      for (const range of mine) all.add(range);
      CSS.highlights.set(NAME, all);
    };
    // The text comes into its place after this, and colours of code later still.
    const watch = new MutationObserver(show);
    watch.observe(place, { childList: true, subtree: true });
    show();
    return () => {
      watch.disconnect();
      clear();
    };
  };
}
