/** Attachment: what the keyboard has come to is scrolled to. */
export function followed(isChosen: boolean): (item: HTMLElement) => void {
  return (item) => {
    if (isChosen) item.scrollIntoView({ block: "nearest" });
  };
}
