/** Work of an attachment that begins once its library is there, unless what it was for is gone by then. */

type End = () => void;

export function later<Library>(library: Promise<Library>, begin: (library: Library) => End): End {
  let isOver = false;
  let end: End = () => undefined;
  void library.then((loaded) => {
    if (!isOver) end = begin(loaded);
  });
  return () => {
    isOver = true;
    end();
  };
}

export function all(...ends: readonly End[]): End {
  return () => {
    for (const end of ends) end();
  };
}
