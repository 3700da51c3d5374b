declare module 'split-sms' {
  /** Declares the functions of the package that the tests use. The package has no types of its own. */
  const splitter: {
    readonly split: (text: string) => {
      readonly characterSet: 'GSM' | 'Unicode';
      readonly parts: readonly { readonly content: string }[];
      readonly remainingInPart: number;
    };
  };
  export = splitter;
}
