// A setup file of every test run: see `setupFiles` in vitest.config.ts.
import fc from 'fast-check';

// Lets generated texts and arrays reach the maximum length that a test gives. By default they stay at about ten characters or
// elements.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
