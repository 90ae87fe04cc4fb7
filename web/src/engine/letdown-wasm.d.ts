declare module 'letdown-wasm/binary?url' {
  const url: string;
  export default url;
}
