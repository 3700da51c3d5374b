const short = { accepted: 'accepted', rejected: 'rejected', 'not-sent': 'not sent', unknown: 'unknown' };

/** The page about the contract: each fault, and what each transport made of it. */
export function writeTable(cases, results, subjects) {
  const columns = results.map(({ runtime, transport, verdicts }) => {
    const { differences } = subjects.find((each) => each.runtime === runtime && each.transport === transport);
    const cells = cases.map(({ fault, outcome }) => {
      const found = verdicts.get(fault) === outcome ? 'so' : `**${short[verdicts.get(fault)]}**`;
      return (
        { number: `${found}, **and sent again**`, string: `${found}, **of those that arrived**` }[
          typeof differences[fault]?.requests
        ] ?? found
      );
    });
    return { title: `${transport}, ${runtime}`, cells };
  });
  // Transports that agree on everything are one column.
  const groups = [];
  for (const column of columns) {
    const key = column.cells.join();
    const group = groups.find((each) => each.key === key);
    if (group) group.titles.push(column.title);
    else groups.push({ key, titles: [column.title], cells: column.cells });
  }
  const notes = new Map();
  for (const { runtime, transport, differences } of subjects) {
    for (const [fault, { because }] of Object.entries(differences)) {
      const key = `${fault}\n${because}`;
      notes.set(key, [...(notes.get(key) ?? []), `${transport} on ${runtime}`]);
    }
  }
  return [
    '# The contract, as it was kept',
    '',
    'Written by `node main.mjs --write` in `apps/runtimes`, from a run of every case over every transport and runtime. Columns:',
    '',
    ...groups.map(({ titles }, at) => `- ${String.fromCharCode(65 + at)}: ${titles.join('; ')}`),
    '',
    `| fault | has to be | ${groups.map((_, at) => String.fromCharCode(65 + at)).join(' | ')} |`,
    `| --- | --- | ${groups.map(() => '---').join(' | ')} |`,
    ...cases.map(
      ({ fault, outcome }, at) =>
        `| ${fault} | ${short[outcome]} | ${groups.map(({ cells }) => cells[at]).join(' | ')} |`,
    ),
    '',
    '## What is otherwise, and why',
    '',
    'Each of these is tried all the same, and fails when it comes out as it should.',
    '',
    ...[...notes].map(([key, who]) => {
      const [fault, because] = key.split('\n');
      return `- ${fault}: ${because} (${who.join(', ')})`;
    }),
    '',
  ].join('\n');
}
