// The part of jstat that is used; it comes without types.
declare module 'jstat' {
  const jStat: {
    studentt: {
      /** Quantile of Student's t with `degrees` of freedom. */
      inv(probability: number, degrees: number): number;
    };
  };
  export default jStat;
}
