declare module 'split-sms' {
  /** The used part of its interface. The package has no types. */
  const splitter: {
    readonly split: (text: string) => {
      readonly characterSet: 'GSM' | 'Unicode';
      readonly parts: readonly { readonly content: string }[];
      readonly remainingInPart: number;
    };
  };
  export = splitter;
}
