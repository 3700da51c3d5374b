declare module 'split-sms' {
  /** Part of the package's interface that the benchmarks use. The package has no types. */
  const splitter: {
    readonly split: (text: string) => {
      readonly characterSet: 'GSM' | 'Unicode';
      readonly parts: readonly { readonly content: string }[];
      readonly remainingInPart: number;
    };
  };
  export = splitter;
}
