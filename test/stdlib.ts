/** Framework's standard library where there is no page: figures name their files, tests of their schemas read none. */
export const FileAttachment = (name: string) => ({
  href: name,
  json: () => Promise.reject(new Error(`${name}: a test without a site reads no attached file`))
});
