/** Framework's standard library where there is no page: what a figure's file lists is nothing, its schema is there all the same. */
export const FileAttachment = (name: string) => ({
  href: name,
  json: () => Promise.resolve([])
});
