/** A picture of a file that lies on this device only. */

const SHOWN = /^image\/(?:png|jpeg|gif|webp|avif|bmp)$/;

/** Its address, for as long as the view stands; null for what is no picture. */
export function preview(file: () => Blob): { readonly url: string | null } {
  let url = $state<string | null>(null);
  $effect(() => {
    const shown = file();
    if (!SHOWN.test(shown.type)) return;
    const made = URL.createObjectURL(shown);
    url = made;
    return () => {
      URL.revokeObjectURL(made);
      url = null;
    };
  });
  return {
    get url() {
      return url;
    },
  };
}
