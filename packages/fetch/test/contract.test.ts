import { contract } from '@smsc/conformance';
import { describe, it } from 'vitest';
import { platform, undici, viaNodeFetch } from './subjects.ts';

for (const { name, ...subject } of [platform, undici, viaNodeFetch])
  contract({ describe, it }, name, subject);
