import { createHover } from '@smsc/testing/hover';
import { outcomeMembers, readyClientCode, readyClientMethods } from '@smsc/testing/ready-client-hover';
import { describe, expect, it } from 'vitest';

const hover = createHover(import.meta.dirname, readyClientCode);

describe('on hover, an editor shows documentation', () => {
  it('of each exported name', () => {
    expect(hover.exported.length).toBeGreaterThan(100);
    expect(hover.exported.filter((name) => hover.ofExport(name) === '')).toEqual([]);
  });

  it.each(readyClientMethods)('of the method %s', (expression) => {
    expect(hover.errors).toEqual([]);
    expect(hover.ofMember(expression)).not.toBe('');
  });

  it('of a further operation that is bound by its own name', () => {
    expect(hover.errors).toEqual([]);
    expect(hover.ofMember('more.sendList')).toContain('Sends a list of messages');
  });

  // TypeScript does not link a method to its operation, so only a method with the operation's own name has documentation.
  it('but not of one that is bound by another name', () => {
    expect(hover.ofMember('more.other')).toBe('');
  });

  it.each(outcomeMembers)('of the member %s of an outcome', (expression) => {
    expect(hover.ofMember(expression)).not.toBe('');
  });
});
