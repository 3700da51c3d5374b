// Planted faults of the client and the ledger. Each changes a text of the sources in a bundle, never the sources themselves.

/** Changes the text of one request in twenty that sends a message. */
const changedRequest = (change) => ({
  file: 'client/src/layers/exchange.ts',
  from: 'reply = await sendAttempt(request, {',
  to: `const isChanged = call.hasId && Math.random() < 0.05;
      const text = isChanged && request.body.text.replace(${change});
      reply = await sendAttempt(isChanged ? { ...request, body: { ...request.body, text } } : request, {`,
});

/** Faults that charge a message twice, or charge for something that was not planned. */
export const chargingMutants = [
  {
    name: 'a lost message is sent again under a fresh id',
    changes: [
      {
        file: 'client/src/client.ts',
        from: '    return toCaller(call, result, () =>',
        to: `    if (call.hasId && result.outcome === 'unknown' && call.sentAt)
      return run(operation, { ...input, id: crypto.randomUUID() }, callOptions, maxRetries);
    return toCaller(call, result, () =>`,
      },
    ],
  },
  {
    name: 'the recipient is changed',
    changes: [changedRequest('/(phones=[^&]*)\\d(?=&|$)/, (_, start) => `${start}0`')],
  },
  { name: 'the text is changed', changes: [changedRequest('/mes=[^&]*/, (start) => `${start}%21`')] },
];

/** Faults of the ledger, each with the scenario that notices it. */
export const ledgerMutants = [
  {
    name: 'recover() marks a result as told before it reports it',
    isRecovery: true,
    changes: [
      {
        file: 'client/src/ledger/recover.ts',
        from: 'yield recovered;\n        if',
        to: "if (recovered.outcome !== 'unknown') await tell(item.claim, context);\n        yield recovered;\n        if",
      },
    ],
  },
  {
    name: 'requests are not recorded before they are sent',
    changes: [
      {
        file: 'client/src/ledger/layers.ts',
        from: 'await arrival(call.record.written(), cancellation)',
        to: '{ value: true }',
      },
    ],
  },
  {
    name: 'a claim in doubt is taken for a claim of its own',
    changes: [
      {
        file: 'client/src/ledger/claim-send.ts',
        from: "case 'in-doubt': {\n",
        to: `case 'in-doubt': {
      return Object.assign(new ClaimedRecord(call, answer.send.claim, context), { written: () => true });
`,
      },
    ],
  },
  {
    name: 'a request is sent however long ago it was recorded',
    // Without other faults, the other processes soon settle the message of the stopped one, and send it again.
    scenario: { processes: 3, stops: true, network: 'calm' },
    changes: [
      { file: 'client/src/ledger/layers.ts', from: 'least < 0 || most > handOverWithinMs', to: 'false' },
    ],
  },
  {
    name: 'a missing message counts as not sent at once',
    scenario: { sends: 60, kills: 6, meanLifeMs: 3000 },
    // The client waits for certainty, and the ledger checks it again when it records the outcome.
    changes: [
      {
        file: 'client/src/settle.ts',
        from: 'before ? certainInMs - since(clock, before)[0] : Infinity',
        to: '0',
      },
      {
        file: 'client/src/ledger/records.ts',
        from: 'ifCertain: !isAccepted',
        to: 'ifCertain: false',
      },
    ],
  },
  {
    name: 'an accepted message can be claimed again',
    changes: [
      {
        file: 'ledger/src/statements.ts',
        from: 'WHERE state IN (4, 5) AND digest',
        to: 'WHERE state IN (3, 4, 5) AND digest',
      },
    ],
  },
];
