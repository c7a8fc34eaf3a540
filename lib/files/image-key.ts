const extensions: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
}

/** Where a picture's bytes rest in storage. */
export function imageKey({ id, contentType }: { id: string; contentType: string }) {
  return `${id}/source.${extensions[contentType]}`
}
