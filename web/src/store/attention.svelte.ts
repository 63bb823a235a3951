/** How often the reader is called, for the title of the page. */

export class Attention {
  calls = $state(0);
}
