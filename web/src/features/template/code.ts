/** Links to templates, by which somebody makes a server after another one. */

export function pathOfTemplate(code: string): string {
  return `/template/${code}`;
}

export function templateLink(code: string): string {
  return location.origin + pathOfTemplate(code);
}
