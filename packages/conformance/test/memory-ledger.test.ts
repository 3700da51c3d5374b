import { createMemoryStore } from '@smsc/client';
import { describe, it } from 'vitest';
import { ledgerContract } from '../src/ledger.ts';

ledgerContract({ describe, it }, 'the store in memory', { open: createMemoryStore });
