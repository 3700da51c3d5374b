import { security } from '@smsc/conformance';
import { describe, it } from 'vitest';
import { realmsOf } from './realm.ts';
import { platform, undici, viaNodeFetch } from './subjects.ts';

for (const [variable, { name, ...subject }] of Object.entries({ platform, undici, viaNodeFetch }))
  security({ describe, it }, name, { ...subject, isolate: await realmsOf(variable) });
