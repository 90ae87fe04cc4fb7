declare module 'letdown-wasm/binary?url' {
  const url: string;
  export default url;
}

declare module 'letdown-wasm-session/binary?url' {
  const url: string;
  export default url;
}

declare module 'letdown-wasm-import/binary?url' {
  const url: string;
  export default url;
}

declare module 'letdown-wasm-twin/binary?url' {
  const url: string;
  export default url;
}

declare module 'letdown-wasm-advice/binary?url' {
  const url: string;
  export default url;
}
