import { fieldsOf, operations } from './operations.ts';

/** A parameter as the table writes it: switches and flags by number are many. */
const shown = (param: string): string => param.replace(/\[\d+\]/, '[n]');

/** What the members of one endpoint's inputs are called on the wire, where that is another name. */
function pairsOf(path: string): string[] {
  const pairs = Object.values(operations)
    .filter((operation) => operation.path === path)
    .flatMap((operation) => Object.entries(fieldsOf(operation)))
    .map(([name, { params }]) => [name, [...new Set(params.map(shown))]] as const)
    .filter(([name, params]) => params.length > 0 && params.join() !== name)
    // A choice among many parameters: each value is one of them.
    .map(
      ([name, params]) =>
        `\`${name}\` → ${params.length > 7 ? 'each by its own name' : params.map((param) => `\`${param}\``).join(' ')}`,
    );
  return [...new Set(pairs)];
}

/** The lines of the README's table of endpoints, as the operations have them. Sending has a table of its own. */
export const wireNames: readonly string[] = [
  ...new Set(Object.values(operations).map((operation) => operation.path)),
]
  .sort()
  .map((path) => {
    const names = Object.values(operations)
      .filter((operation) => operation.path === path)
      .map((operation) => `\`${operation.name}\`${operation.effect === 'spends' ? ' †' : ''}`);
    const pairs =
      path === 'sys/send.php'
        ? ['see above']
        : pairsOf(path).filter(
            (pair) =>
              path !== 'sys/jobs.php' ||
              !pairsOf('sys/send.php').includes(pair) ||
              pair.startsWith('`report`'),
          );
    return `| \`${path.replace('sys/', '')}\` | ${names.join(', ')} | ${pairs.join(', ')} |`;
  });
