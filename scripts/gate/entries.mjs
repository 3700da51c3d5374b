/** Returns every path in an `exports` or `bin` member, at any depth. */
export const targetsOf = (value) =>
  typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(targetsOf);

/** Entry points that are code: everything but `./package.json`. */
export const entriesOf = (manifest) =>
  Object.entries(manifest.exports).filter(([path]) => path !== './package.json');

/** `./adapter` → `adapter`, `.` → `index`. */
export const entryName = (path) => (path === '.' ? 'index' : path.replace(/^\.\//, ''));

export const formatBytes = (count) => `${count.toLocaleString('en')} bytes`;
