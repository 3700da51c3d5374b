import fc from 'fast-check';

// A text that may have 500 characters shall have them: without this, no generated text is longer than ten or so.
fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
