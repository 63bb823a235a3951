// What every counter in this language sells.

const fruits = ["Apple", "Apricot", "Banana"];

/** What is offered to whoever has typed so much. */
export const offered = (typed) =>
  fruits
    .filter((fruit) => fruit.startsWith(typed))
    .map((name) => ({ name, value: name.toLowerCase() }));
