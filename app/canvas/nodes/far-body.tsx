'use client'

import { useState } from 'react'
import { VideoFrame } from '#components/video/video-frame'
import { withBasePath } from '#lib/contract/calls/base-path'
import { shownVersion } from '#lib/contract/canvas/brought'
import type { CanvasNode, MediaNode } from '#lib/contract/canvas/canvas'
import { useFile } from '#lib/delivery/use-file'

/**
 * What a node shows from so far away that nothing in it could be read or used: its words in large, its picture alone. A
 * thousand of them ask nothing of the server but their pictures.
 */
export function FarBody({ node }: { node: CanvasNode }) {
  switch (node.kind) {
    case 'text':
    case 'note':
      return <FarWords text={node.text} />
    case 'group':
      return <FarWords text={node.name} />
    case 'chat':
      return null
    default:
      return <FarMedia node={node} />
  }
}

function FarWords({ text }: { text: string }) {
  return (
    <p dir="auto" className="line-clamp-5 p-4 text-3xl leading-tight">
      {text}
    </p>
  )
}

function FarMedia({ node }: { node: MediaNode }) {
  const shown = shownVersion(node)
  if (shown !== null) return <FarPicture key={shown} id={shown} isImage={node.kind === 'image'} />
  const { prompt } = node.settings
  return typeof prompt === 'string' && <FarWords text={prompt} />
}

interface FarPictureProps {
  id: string
  isImage: boolean
}

/** The picture of a finished one. What has none is under way, or was not made: that alone is asked for, and followed. */
function FarPicture({ id, isImage }: FarPictureProps) {
  const [isMissing, setMissing] = useState(false)
  if (!isMissing)
    return (
      <Picture
        src={withBasePath(`/api/media/${id}/${isImage ? 'source' : 'poster'}`)}
        onError={() => setMissing(true)}
      />
    )
  return id.startsWith('file_') && <FarState fileId={id} />
}

function FarState({ fileId }: { fileId: string }) {
  const { file } = useFile(fileId)
  if (!file) return null
  if (file.status !== 'completed') return <VideoFrame view={file} />
  const src = file.posterUrl ?? file.url
  return src !== null && <Picture src={src} />
}

function Picture({ src, onError }: { src: string; onError?: () => void }) {
  return (
    // oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache
    <img
      src={src}
      // The node itself has a name.
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={onError}
      className="size-full object-contain"
    />
  )
}
