// Written by `scripts/client-types.mjs` from the OpenAPI document. Change the schemas in `lib/contract/api` instead.

export type GenerateVideoRequest = {
  /** What the video shows. */
  prompt: string
  /** The prompt before it was improved, kept with what is made of it. Null or absent where it was not improved. */
  promptBefore?: string | null
  /** An id of the models, or the name a provider has for it, such as veo3_fast. The first enabled model where absent. */
  model?: string
  /** Drawn at the start where absent. */
  seed?: number | null
  /** What the video should not show; null for nothing. */
  negativePrompt?: string | null
  /** 1 to 4 videos, each with its own seed and price. */
  variations?: number
  /** The most one video may cost, in dollars, fallback included. */
  maxUsd?: number | null
  /** false: only the provider that is tried first may make it, and upToUsd is its price. true is the default. */
  enableFallback?: boolean
  /** Return an identical video of the last hour instead of paying again. */
  useCache?: boolean
  /** An https address that is told of the end by a signed webhook. */
  callbackUrl?: string | null
  /** portrait is 9:16, landscape 16:9, square 1:1. */
  aspectRatio?: '9:16' | '16:9' | '1:1' | 'portrait' | 'landscape' | 'square'
  /** Seconds. */
  duration?: number
  resolution?: '480p' | '720p' | '1080p'
  generateAudio?: boolean
  inputs?: {
    /** Id of an image; null for none. */
    firstFrame?: string | null
    /** Id of an image; null for none. */
    lastFrame?: string | null
    references?: string[]
    /** fileId of a video; null for none. */
    sourceVideo?: string | null
  }
  /** Another name for duration, in seconds: 5, 10, "10". */
  nFrames?: number | string
  /** Another name for seed: a number, or a list with one. */
  seeds?: number | number[]
  /** Accepted for programs that send it; changes nothing. */
  enableTranslation?: boolean
}

export type GenerateImageRequest = {
  /** What the image shows, or how the references are to be changed. */
  prompt: string
  /** The prompt before it was improved, kept with what is made of it. Null or absent where it was not improved. */
  promptBefore?: string | null
  /** An id of the models, or the name a provider has for it, such as veo3_fast. The first enabled model where absent. */
  model?: string
  /** Drawn at the start where absent. */
  seed?: number | null
  /** What the video should not show; null for nothing. */
  negativePrompt?: string | null
  /** 1 to 4 videos, each with its own seed and price. */
  variations?: number
  /** The most one video may cost, in dollars, fallback included. */
  maxUsd?: number | null
  /** false: only the provider that is tried first may make it, and upToUsd is its price. true is the default. */
  enableFallback?: boolean
  /** Return an identical video of the last hour instead of paying again. */
  useCache?: boolean
  /** An https address that is told of the end by a signed webhook. */
  callbackUrl?: string | null
  /** One of the model’s; custom where width and height are given. */
  aspectRatio?: '9:16' | '16:9' | '1:1' | '4:3' | '3:4' | '3:2' | '2:3' | '4:5' | '5:4' | '21:9' | 'custom' | 'portrait' | 'landscape' | 'square'
  /** About 1, 4 or 16 megapixels. */
  resolution?: '1K' | '2K' | '4K'
  /** Pixels, where the model has a customSize. Width and height go together, in place of aspectRatio and resolution. */
  width?: number
  /** Pixels, where the model has a customSize. Width and height go together, in place of aspectRatio and resolution. */
  height?: number
  imageFormat?: 'png' | 'jpeg'
  inputs?: {
    /** Ids of uploaded or generated images: to take likenesses from, or to be changed by the prompt. */
    references?: string[]
  }
  /** Another name for seed: a number, or a list with one. */
  seeds?: number | number[]
  /** Accepted for programs that send it; changes nothing. */
  enableTranslation?: boolean
}

export type ShareWish = {
  /** Whether the page shows the prompt. Default: no. */
  withPrompt?: boolean
  /** Whether the page offers the file. Default: no. */
  mayDownload?: boolean
  /** Days until the link expires; null for never. Default: 30. */
  expiresInDays?: number | null
  /** Asked for before the video is shown; null for none. */
  password?: string | null
}

export type EditRequest = {
  /** Ids of finished videos: file_... or video_.... One, or for a join 2 to 20 in their order. At most 500 MB each and 1 GB together. */
  sources: string[]
  edit: EditOrder
}

export type EditOrder = {
  operation: 'trim'
  /** Seconds from the start of the source. */
  from: number
  /** Seconds from the start of the source. */
  to: number
} | {
  operation: 'join'
  /** True where each video after the first begins with the last frame of the one before it: that frame is shown once. */
  continued?: boolean
} | {
  operation: 'mute'
} | {
  operation: 'loop'
  /** How often it plays in a row. */
  times: number
} | {
  operation: 'crop'
  aspectRatio: '9:16' | '16:9' | '1:1'
  focus: {
    /** 0 to 1: the point that stays in view, from the left or from the top. */
    x: number
    /** 0 to 1: the point that stays in view, from the left or from the top. */
    y: number
  }
} | {
  operation: 'frame'
  /** Seconds from the start of the source, or its first or last frame. */
  at: number | 'first' | 'last'
} | {
  operation: 'animation'
  format: 'gif' | 'webp'
  /** Seconds from the start of the source. */
  from: number
  /** Seconds from the start of the source. */
  to: number
  /** Pixels. */
  width: number
  /** Frames per second. */
  fps: number
}

export type WorkRequest = {
  /** The finished video, by its fileId. */
  source: string
  work: {
    operation: 'extend'
    /** `native`: the provider of the video goes on from its own job. `last_frame`: a new video begins with the last frame, and is joined to it. */
    way: 'native' | 'last_frame'
    /** What the video shows. */
    prompt: string
    /** Of `last_frame`: which model makes the new part; the first that is offered where it is absent. */
    model?: string
  } | {
    operation: 'upscale'
    to: '1080p' | '4K'
  }
  /** The most one video may cost, in dollars, fallback included. */
  maxUsd?: number | null
}

/** Requests that are admitted together or not at all. maxUsd is the most that all may cost together, in dollars. */
export type BatchRequest = {
  name?: string
  /** What every row makes; absent means videos. */
  kind?: 'video' | 'image'
  /** 1 to 200 requests, all for videos or all for images as `kind` says; variations count. */
  rows: GenerateVideoRequest[] | GenerateImageRequest[]
  /** Dollars: the most all rows may cost together, fallback included. Null or absent means no limit. */
  maxUsd?: number | null
}

export type ImproveRequest = {
  prompt: string
  kind?: 'video' | 'image'
}

export type LibraryChange = {
  ids: string[]
  star?: boolean
  trash?: boolean
  addTo?: string
  removeFrom?: string
}

export type LibraryDeletion = {
  ids: string[]
} | {
  all: true
}

export type PosterWish = {
  /** Seconds from the start of the source. */
  atSeconds: number
}

export type ZipRequest = {
  ids: string[]
  asLink?: boolean
} | {
  filter: {
    id?: string[]
    q?: string
    media?: ('video' | 'image')[]
    source?: ('video' | 'image' | 'edit' | 'upload')[]
    model?: string[]
    format?: ('9:16' | '16:9' | '1:1' | '4:3' | '3:4' | '3:2' | '2:3' | '4:5' | '5:4' | '21:9' | 'custom')[]
    status?: ('open' | 'completed' | 'failed' | 'canceled')[]
    starred?: boolean
    from?: string
    to?: string
    door?: ('form' | 'chat' | 'canvas' | 'api' | 'inngest' | 'telegram' | 'mcp' | 'openjourney')[]
    collection?: string
    trash?: boolean
  }
  asLink?: boolean
}

export type NewCollection = {
  name: string
  ids?: string[]
}

export type CollectionName = {
  name: string
}

export type NewCanvas = {
  name?: string
}

export type CanvasFile = {
  object: 'canvas.file'
  name: string
  nodes: CanvasNode[]
  edges: CanvasEdge[]
}

/** x, y, width and height in pixels; groupId (null: in no group); text of text and note, name of a group, chatId and hidden of a chat, settings, versions and pinned (null: the newest is shown) of image and video. */
export type CanvasNode = {
  id: string
  kind: 'text' | 'note' | 'image' | 'video' | 'chat' | 'group'
  [name: string]: unknown
}

/** What its target uses its source for. */
export type CanvasEdge = {
  id: string
  source: string
  target: string
  role: 'prompt' | 'firstFrame' | 'lastFrame' | 'reference' | 'sourceVideo' | 'extension' | 'context' | 'made'
  /** Among the edges of its role at its target, from 0. */
  order: number
}

export type CanvasPatch = {
  /** One for each request: sent again, it changes nothing more. */
  requestId: string
  /** Grows by one with every change of the canvas; 0 is before all of it. */
  since?: number
  name?: string
  trash?: boolean
  /** add with a node or an edge; set with id and fields; remove with id. addVersions and removeVersions change some of the versions of a node. */
  changes: {
    change: 'add' | 'set' | 'remove'
    id?: string
    node?: CanvasNode
    edge?: CanvasEdge
    fields?: Record<string, unknown>
  }[]
}

export type CanvasRunRequest = {
  /** these: the nodes named, made again; from: what follows from them as well, where it has changed; all: the whole canvas, where it has changed. */
  scope: 'these' | 'from' | 'all'
  nodes: string[]
  /** The most that all may cost together, in dollars, fallback included; null: no limit. */
  maxUsd?: number | null
}

export type NewTemplate = {
  name: string
  kind: 'video' | 'image'
  /** Whether every member of the organization has it. Without an organization it changes nothing. */
  isShared?: boolean
  /** A request without what is of one start alone. In its prompt {name} is a variable, {name|text} one with a suggestion, and {{name}} the words {name}; every other brace stays as it is. It is not checked against the models of the moment. */
  settings: {
    /** What the video shows. */
    prompt: string
    /** An id of the models, or the name a provider has for it, such as veo3_fast. The first enabled model where absent. */
    model?: string
    /** Drawn at the start where absent. */
    seed?: number | null
    /** What the video should not show; null for nothing. */
    negativePrompt?: string | null
    /** The most one video may cost, in dollars, fallback included. */
    maxUsd?: number | null
    /** portrait is 9:16, landscape 16:9, square 1:1. */
    aspectRatio?: '9:16' | '16:9' | '1:1' | 'portrait' | 'landscape' | 'square'
    /** Seconds. */
    duration?: number
    resolution?: '480p' | '720p' | '1080p'
    generateAudio?: boolean
    inputs?: {
      /** Id of an image; null for none. */
      firstFrame?: string | null
      /** Id of an image; null for none. */
      lastFrame?: string | null
      references?: string[]
      /** fileId of a video; null for none. */
      sourceVideo?: string | null
    }
  } | {
    /** What the image shows, or how the references are to be changed. */
    prompt: string
    /** An id of the models, or the name a provider has for it, such as veo3_fast. The first enabled model where absent. */
    model?: string
    /** Drawn at the start where absent. */
    seed?: number | null
    /** What the video should not show; null for nothing. */
    negativePrompt?: string | null
    /** The most one video may cost, in dollars, fallback included. */
    maxUsd?: number | null
    /** One of the model’s; custom where width and height are given. */
    aspectRatio?: '9:16' | '16:9' | '1:1' | '4:3' | '3:4' | '3:2' | '2:3' | '4:5' | '5:4' | '21:9' | 'custom' | 'portrait' | 'landscape' | 'square'
    /** About 1, 4 or 16 megapixels. */
    resolution?: '1K' | '2K' | '4K'
    /** Pixels, where the model has a customSize. Width and height go together, in place of aspectRatio and resolution. */
    width?: number
    /** Pixels, where the model has a customSize. Width and height go together, in place of aspectRatio and resolution. */
    height?: number
    imageFormat?: 'png' | 'jpeg'
    inputs?: {
      /** Ids of uploaded or generated images: to take likenesses from, or to be changed by the prompt. */
      references?: string[]
    }
  }
}

export type TemplateChange = {
  name?: string
  /** Whether every member of the organization has it. Without an organization it changes nothing. */
  isShared?: boolean
  isStarred?: boolean
  /** A request without what is of one start alone. In its prompt {name} is a variable, {name|text} one with a suggestion, and {{name}} the words {name}; every other brace stays as it is. It is not checked against the models of the moment. */
  settings?: {
    /** What the video shows. */
    prompt: string
    /** An id of the models, or the name a provider has for it, such as veo3_fast. The first enabled model where absent. */
    model?: string
    /** Drawn at the start where absent. */
    seed?: number | null
    /** What the video should not show; null for nothing. */
    negativePrompt?: string | null
    /** The most one video may cost, in dollars, fallback included. */
    maxUsd?: number | null
    /** portrait is 9:16, landscape 16:9, square 1:1. */
    aspectRatio?: '9:16' | '16:9' | '1:1' | 'portrait' | 'landscape' | 'square'
    /** Seconds. */
    duration?: number
    resolution?: '480p' | '720p' | '1080p'
    generateAudio?: boolean
    inputs?: {
      /** Id of an image; null for none. */
      firstFrame?: string | null
      /** Id of an image; null for none. */
      lastFrame?: string | null
      references?: string[]
      /** fileId of a video; null for none. */
      sourceVideo?: string | null
    }
  } | {
    /** What the image shows, or how the references are to be changed. */
    prompt: string
    /** An id of the models, or the name a provider has for it, such as veo3_fast. The first enabled model where absent. */
    model?: string
    /** Drawn at the start where absent. */
    seed?: number | null
    /** What the video should not show; null for nothing. */
    negativePrompt?: string | null
    /** The most one video may cost, in dollars, fallback included. */
    maxUsd?: number | null
    /** One of the model’s; custom where width and height are given. */
    aspectRatio?: '9:16' | '16:9' | '1:1' | '4:3' | '3:4' | '3:2' | '2:3' | '4:5' | '5:4' | '21:9' | 'custom' | 'portrait' | 'landscape' | 'square'
    /** About 1, 4 or 16 megapixels. */
    resolution?: '1K' | '2K' | '4K'
    /** Pixels, where the model has a customSize. Width and height go together, in place of aspectRatio and resolution. */
    width?: number
    /** Pixels, where the model has a customSize. Width and height go together, in place of aspectRatio and resolution. */
    height?: number
    imageFormat?: 'png' | 'jpeg'
    inputs?: {
      /** Ids of uploaded or generated images: to take likenesses from, or to be changed by the prompt. */
      references?: string[]
    }
  }
}

export type ChatRequest = {
  /** chat_ and 24 characters of 0-9 and a-z, made by the client. */
  chatId: string
  message: {
    /** 8 to 64 characters, made by the client. The same id is the same message. */
    id: string
    role: 'user' | 'assistant'
    /** Parts as in the AI SDK: text, file, reasoning and tools. */
    parts: {
      type: string
      [name: string]: unknown
    }[]
  }
  trigger?: 'submit-message' | 'regenerate-message'
}

export type ChatTitle = {
  title: string
}

export type NewVersionRequest = {
  /** What the video shows. */
  prompt?: string
  /** The prompt before it was improved, kept with what is made of it. Null or absent where it was not improved. */
  promptBefore?: string | null
  /** An id of the models, or the name a provider has for it, such as veo3_fast. The first enabled model where absent. */
  model?: string
  /** Drawn at the start where absent. */
  seed?: number | null
  /** What the video should not show; null for nothing. */
  negativePrompt?: string | null
  /** The most one video may cost, in dollars, fallback included. */
  maxUsd?: number | null
  /** false: only the provider that is tried first may make it, and upToUsd is its price. true is the default. */
  enableFallback?: boolean
  /** Return an identical video of the last hour instead of paying again. */
  useCache?: boolean
  /** An https address that is told of the end by a signed webhook. */
  callbackUrl?: string | null
  /** portrait is 9:16, landscape 16:9, square 1:1. */
  aspectRatio?: '9:16' | '16:9' | '1:1' | 'portrait' | 'landscape' | 'square'
  /** Seconds. */
  duration?: number
  resolution?: '480p' | '720p' | '1080p'
  generateAudio?: boolean
  inputs?: {
    /** Id of an image; null for none. */
    firstFrame?: string | null
    /** Id of an image; null for none. */
    lastFrame?: string | null
    references?: string[]
    /** fileId of a video; null for none. */
    sourceVideo?: string | null
  }
  /** Another name for duration, in seconds: 5, 10, "10". */
  nFrames?: number | string
  /** Another name for seed: a number, or a list with one. */
  seeds?: number | number[]
  /** Accepted for programs that send it; changes nothing. */
  enableTranslation?: boolean
  /** The video it is a new version of. */
  fromFileId: string
}

export type VideoGenerationResult = {
  success: boolean
  projectId?: string
  requestId?: string
  /** The first video: follow it, or poll it. */
  fileId?: string
  message?: string
  error?: string
  files?: FileView[]
  url?: string
}

/** A video as it is now. Stream, poll and check send the same view. */
export type FileView = {
  /** file_ and 24 characters of 0-9 and a-z. */
  id: string
  /** Grows with every change. Keep the view with the higher one. */
  version: number
  type: 'video' | 'image'
  kind: 'video' | 'image' | 'edit'
  /** completed, failed and canceled are final; only a late success can follow a failure. */
  status: 'pending' | 'processing' | 'completed' | 'failed' | 'canceled'
  /** Finer than status. */
  state: 'queued' | 'submitting' | 'waiting' | 'storing' | 'submit_unknown' | 'completed' | 'failed' | 'canceled'
  settings: {
    prompt: string
    model: string
    aspectRatio: '9:16' | '16:9' | '1:1' | '4:3' | '3:4' | '3:2' | '2:3' | '4:5' | '5:4' | '21:9' | 'custom'
    /** Seconds. */
    duration: number
    resolution: '480p' | '720p' | '1080p' | '1K' | '2K' | '4K'
    /** The seed that was used, also where you gave none. */
    seed: number
    /** What the video should not show; null for nothing. */
    negativePrompt: string | null
    generateAudio: boolean
    inputs: GenerationInputs
    imageFormat?: 'png' | 'jpeg'
    edit?: EditOrder
    /** Of a video made of a finished one, the first of `inputs.sources`: how. Absent otherwise. */
    work?: WorkOrder
    /** The prompt before it was improved, kept with what is made of it. Null or absent where it was not improved. */
    promptBefore?: string
    /** The most it may cost, in US dollars; null for no limit. */
    maxUsd: number | null
  }
  modelLabel: string
  providerLabel: string
  routeReason: string
  routeReasonRef: Sentence
  attempts: Attempt[]
  /** Takes longer than usual. It continues. */
  isDelayed: boolean
  /** Made by the local renderer, not by AI. */
  isDemo: boolean
  /** 0 to 100; null where the provider reports none. */
  progress: number | null
  /** Why it does not move on right now; null while it does. */
  wait: WaitReason | null
  /** wait as an English sentence; of a finished video, what the provider said; null for neither. */
  message: string | null
  /** message as data; null where message is. */
  messageRef?: Sentence | null
  /** 1 is next; null once it has left the queue. */
  queuePlace: number | null
  /** From past runs on this installation; null before the first. */
  expected: ExpectedTime | null
  /** Null unless it failed. */
  error: {
    code: ErrorCode
    message: string
    messageRef?: Sentence
    retryable: boolean
  } | null
  /** Set once the bytes are stored here. */
  url: string | null
  /** Null until the file is stored here. */
  posterUrl: string | null
  /** The second of the video whose frame was chosen as the poster; null for the usual one. */
  posterSeconds: number | null
  /** One JPEG with filmstripFrames frames side by side; null until the file is stored here. */
  filmstripUrl: string | null
  /** How many frames filmstripUrl shows; null where it is null. */
  filmstripFrames: number | null
  /** Null until the file is stored here. */
  contentType: string | null
  /** Bytes; null until the file is stored here. */
  sizeBytes: number | null
  /** Of the file’s bytes, in hex; null until it is stored here. */
  sha256: string | null
  /** Pixels. */
  width: number
  /** Pixels. */
  height: number
  /** Seconds, read from the file; null until it is stored here. */
  durationSeconds: number | null
  /** Null until the file is stored here. */
  videoCodec: string | null
  /** Null until the file is stored here, and for a silent one. */
  audioCodec: string | null
  cost: Cost
  canCancel: boolean
  /** Canceling saves nothing: the provider bills the job. */
  isBilledAnyway: boolean
  /** What brought the finished video to the browser first; null until a browser reports it. */
  deliveredBy: 'sse' | 'poll' | 'check' | null
  /** Milliseconds from ready to shown; null until a browser reports it. */
  deliveredAfterMs: number | null
  createdAt: Moment
  /** When a provider was first called; null before that. */
  startedAt: Moment | null
  /** Null until it ends. */
  finishedAt: Moment | null
}

/** Images by image id, a video by fileId. */
export type GenerationInputs = {
  /** Id of an image; null for none. */
  firstFrame: string | null
  /** Id of an image; null for none. */
  lastFrame: string | null
  references: string[]
  /** fileId of a video; null for none. */
  sourceVideo: string | null
  sources?: string[]
}

export type WorkOrder = {
  operation: 'extend'
  /** `native`: the provider of the video goes on from its own job. `last_frame`: a new video begins with the last frame, and is joined to it. */
  way: 'native' | 'last_frame'
} | {
  operation: 'upscale'
  to: '1080p' | '4K'
}

/** Words, or a message as data. */
export type Sentence = string | MessageRef

/** A sentence as data, for words in the reader’s language. */
export type MessageRef = {
  key: string
  values?: Record<string, unknown>
}

export type Attempt = {
  /** 1 is the first. */
  number: number
  provider: string
  providerLabel: string
  model: string
  reason: string
  reasonRef?: Sentence
  /** Only “unknown” may or may not have cost money. */
  outcome: 'submitting' | 'accepted' | 'refused' | 'unknown' | 'completed' | 'failed' | 'canceled'
  /** Null unless the attempt failed. */
  error: {
    code: ErrorCode
    message: string
    messageRef?: Sentence
  } | null
  /** The provider’s own id of the job. */
  reference: string | null
  /** Where the owner of the provider’s account finds the job; null where there is no such page. */
  consoleUrl: string | null
  /** US dollars; null while unknown. */
  costUsd: number | null
  startedAt: Moment
  /** Null while it is in progress. */
  endedAt: Moment | null
}

/** From a closed list, the same in every language. Decide by it. */
export type ErrorCode = 'auth' | 'insufficient_credits' | 'rate_limited' | 'invalid_input' | 'content_policy' | 'provider_unavailable' | 'model_retired' | 'not_found_or_expired' | 'generation_failed' | 'output_expired' | 'timeout' | 'unknown_submit_outcome' | 'not_found' | 'method_not_allowed' | 'address_too_long' | 'headers_too_large' | 'payload_too_large' | 'too_many_uploads' | 'upload_quota_reached' | 'unsupported_media_type' | 'cross_site_request' | 'host_not_allowed' | 'session_required' | 'cookies_refused' | 'sign_in_required' | 'sign_in_failed' | 'sign_in_again' | 'sign_in_unavailable' | 'sign_up_closed' | 'forbidden' | 'account_blocked' | 'wrong_password' | 'wrong_code' | 'passkey_refused' | 'email_taken' | 'link_invalid' | 'key_invalid' | 'key_misplaced' | 'invalid_idempotency_key' | 'idempotency_key_reused' | 'idempotency_key_in_use' | 'too_many_unfinished' | 'spending_limit_reached' | 'not_possible_now' | 'input_failed' | 'webhook_refused' | 'storage_full' | 'storage_unavailable' | 'service_unavailable' | 'internal_error'

/** ISO 8601 in UTC. */
export type Moment = string

/** Why the video does not move on right now. Decide by code. */
export type WaitReason = {
  code: 'provider_cooldown'
  errorCode: ErrorCode
  says: Sentence
} | {
  code: 'provider_off'
  providerLabel: string
} | {
  code: 'retry'
  errorCode: ErrorCode
  says: Sentence
} | {
  code: 'earlier_job'
} | {
  code: 'canceling'
} | {
  code: 'provider_says'
  says: Sentence
} | {
  code: 'provider_unreachable'
  providerLabel: string
} | {
  code: 'provider_refuses'
  errorCode: ErrorCode
  says: Sentence
} | {
  code: 'job_not_found'
  providerLabel: string
} | {
  code: 'saving'
} | {
  code: 'link_not_ready'
  providerLabel: string
  isFilmBroken?: boolean
} | {
  code: 'inputs'
} | {
  code: 'storage_down'
} | {
  code: 'storage_full'
} | {
  code: 'parked'
}

/** From past runs on this installation; null before the first. */
export type ExpectedTime = {
  /** Seconds: half of the past runs took less. */
  seconds: number
  /** Seconds: nine of ten past runs took less; null with too few runs. */
  p90Seconds: number | null
  /** How many past runs it is based on. */
  runs: number
}

export type Cost = {
  /** US dollars quoted at the start. */
  estimatedUsd: number
  /** Dollars, at the most expensive provider it may fall back to. */
  upToUsd: number
  /** US dollars at the provider that makes it. */
  providerUsd: number
  /** Dollars, all attempts together; null while one is unknown. */
  actualUsd: number | null
  isReported: boolean
  /** Dollars held at the start; null where nothing was. */
  heldUsd: number | null
  /** What you paid, in dollars; null while it is not settled. */
  chargedUsd: number | null
  /** US dollars of the hold that were returned; null while it is not settled. */
  returnedUsd: number | null
}

export type Problem = {
  type: string
  title: string
  /** The HTTP status. */
  status: number
  /** A sentence for people, in the language of the request. */
  detail: Sentence
  code: ErrorCode
  /** The same request may succeed later. */
  retryable: boolean
  /** Each invalid field with its limits. */
  errors?: {
    field: string
    message: string
  }[]
  fileId?: string
  /** The same id is in the operator’s log. */
  traceId: string
}

export type Estimate = {
  /** Dollars, all variations together, at the provider that is tried first. */
  usd: number
  /** Dollars, at the most expensive provider it may fall back to. */
  upToUsd: number
  provider: string
  providerLabel: string
  reason: Sentence
  /** From past runs on this installation; null before the first. */
  expected: ExpectedTime | null
}

export type FilePage = {
  files: FileView[]
  /** Send it as cursor for the next page; null on the last one. */
  nextCursor: string | null
}

export type Deleted = {
  /** How many were deleted. */
  deleted: number
}

/** The data of one message of the stream. A view with a higher version replaces the one you have. */
export type FileEvent = {
  type: 'file' | 'render_progress' | 'task_status'
  object: FileView
} | {
  type: 'render_result'
  object: {
    /** file_ and 24 characters of 0-9 and a-z. */
    id: string
    /** Grows with every change. Keep the view with the higher one. */
    version: number
    type: 'video' | 'image'
    kind: 'video' | 'image' | 'edit'
    /** completed, failed and canceled are final; only a late success can follow a failure. */
    status: 'pending' | 'processing' | 'completed' | 'failed' | 'canceled'
    /** Finer than status. */
    state: 'queued' | 'submitting' | 'waiting' | 'storing' | 'submit_unknown' | 'completed' | 'failed' | 'canceled'
    settings: {
      prompt: string
      model: string
      aspectRatio: '9:16' | '16:9' | '1:1' | '4:3' | '3:4' | '3:2' | '2:3' | '4:5' | '5:4' | '21:9' | 'custom'
      /** Seconds. */
      duration: number
      resolution: '480p' | '720p' | '1080p' | '1K' | '2K' | '4K'
      /** The seed that was used, also where you gave none. */
      seed: number
      /** What the video should not show; null for nothing. */
      negativePrompt: string | null
      generateAudio: boolean
      inputs: GenerationInputs
      imageFormat?: 'png' | 'jpeg'
      edit?: EditOrder
      /** Of a video made of a finished one, the first of `inputs.sources`: how. Absent otherwise. */
      work?: WorkOrder
      /** The prompt before it was improved, kept with what is made of it. Null or absent where it was not improved. */
      promptBefore?: string
      /** The most it may cost, in US dollars; null for no limit. */
      maxUsd: number | null
    }
    modelLabel: string
    providerLabel: string
    routeReason: string
    routeReasonRef: Sentence
    attempts: Attempt[]
    /** Takes longer than usual. It continues. */
    isDelayed: boolean
    /** Made by the local renderer, not by AI. */
    isDemo: boolean
    /** 0 to 100; null where the provider reports none. */
    progress: number | null
    /** Why it does not move on right now; null while it does. */
    wait: WaitReason | null
    /** wait as an English sentence; of a finished video, what the provider said; null for neither. */
    message: string | null
    /** message as data; null where message is. */
    messageRef?: Sentence | null
    /** 1 is next; null once it has left the queue. */
    queuePlace: number | null
    /** From past runs on this installation; null before the first. */
    expected: ExpectedTime | null
    /** Null unless it failed. */
    error: {
      code: ErrorCode
      message: string
      messageRef?: Sentence
      retryable: boolean
    } | null
    /** Set once the bytes are stored here. */
    url: string | null
    /** Null until the file is stored here. */
    posterUrl: string | null
    /** The second of the video whose frame was chosen as the poster; null for the usual one. */
    posterSeconds: number | null
    /** One JPEG with filmstripFrames frames side by side; null until the file is stored here. */
    filmstripUrl: string | null
    /** How many frames filmstripUrl shows; null where it is null. */
    filmstripFrames: number | null
    /** Null until the file is stored here. */
    contentType: string | null
    /** Bytes; null until the file is stored here. */
    sizeBytes: number | null
    /** Of the file’s bytes, in hex; null until it is stored here. */
    sha256: string | null
    /** Pixels. */
    width: number
    /** Pixels. */
    height: number
    /** Seconds, read from the file; null until it is stored here. */
    durationSeconds: number | null
    /** Null until the file is stored here. */
    videoCodec: string | null
    /** Null until the file is stored here, and for a silent one. */
    audioCodec: string | null
    cost: Cost
    canCancel: boolean
    /** Canceling saves nothing: the provider bills the job. */
    isBilledAnyway: boolean
    /** What brought the finished video to the browser first; null until a browser reports it. */
    deliveredBy: 'sse' | 'poll' | 'check' | null
    /** Milliseconds from ready to shown; null until a browser reports it. */
    deliveredAfterMs: number | null
    createdAt: Moment
    /** When a provider was first called; null before that. */
    startedAt: Moment | null
    /** Null until it ends. */
    finishedAt: Moment | null
    /** The same as url. */
    file_url: string | null
  }
} | {
  type: 'error'
  object: {
    code: ErrorCode
    fileId: string
    message: string
  }
} | {
  type: 'news'
  object: {
    changes: {
      fileId: string
      /** Grows with every change. Keep the view with the higher one. */
      version: number
      /** “told”: there is a new notice about it. */
      change: 'started' | 'ended' | 'changed' | 'deleted' | 'told' | 'trashed' | 'restored'
      chatId?: string
    }[]
  }
}

export type Timeline = {
  events: {
    state: 'queued' | 'submitting' | 'waiting' | 'storing' | 'submit_unknown' | 'completed' | 'failed' | 'canceled'
    provider: string
    at: Moment
  }[]
}

export type Shares = {
  shares: Share[]
}

export type Share = {
  token: string
  /** The whole address of the page. */
  url: string
  withPrompt: boolean
  mayDownload: boolean
  hasPassword: boolean
  createdAt: Moment
  /** Null: it never expires. */
  expiresAt: Moment | null
}

export type WorkOffers = {
  extend: {
    model: string
    label: string
    providerLabel: string
    /** Dollars, at the provider that is tried first. */
    usd: number
    /** Dollars, at the most expensive provider it may fall back to. */
    upToUsd: number
    /** `native`: the provider of the video goes on from its own job. `last_frame`: a new video begins with the last frame, and is joined to it. */
    way: 'native' | 'last_frame'
    /** Seconds it adds. */
    seconds: number
  }[]
  /** Why the provider of the video cannot extend it itself; null where it can, or never could. */
  notNative: Sentence | null
  upscale: {
    model: string
    label: string
    providerLabel: string
    /** Dollars, at the provider that is tried first. */
    usd: number
    /** Dollars, at the most expensive provider it may fall back to. */
    upToUsd: number
    to: '1080p' | '4K'
    /** Pixels. */
    width: number
    /** Pixels. */
    height: number
  }[]
}

export type Batch = {
  id: string
  name: string
  /** How many videos were started, variations counted. */
  total: number
  /** How many have each status. */
  counts: Record<string, number>
  /** US dollars at the providers that are tried first. */
  estimatedUsd: number
  /** Dollars, at the most expensive provider it may fall back to. */
  upToUsd: number
  createdAt: Moment
  items: {
    /** The row of the request it was started from, from 0. */
    row: number
    fileId: string
    prompt: string
    status: 'pending' | 'processing' | 'completed' | 'failed' | 'canceled'
  }[]
}

export type BatchSummary = {
  id: string
  name: string
  /** How many videos were started, variations counted. */
  total: number
  /** How many have each status. */
  counts: Record<string, number>
  /** US dollars at the providers that are tried first. */
  estimatedUsd: number
  /** Dollars, at the most expensive provider it may fall back to. */
  upToUsd: number
  createdAt: Moment
}

export type BatchEstimate = {
  /** US dollars at the providers that are tried first. */
  usd: number
  /** Dollars, at the most expensive provider it may fall back to. */
  upToUsd: number
  rows: {
    /** US dollars at the providers that are tried first. */
    usd: number
    /** Dollars, at the most expensive provider it may fall back to. */
    upToUsd: number
    providerLabel: string
  }[]
}

export type ImprovedPrompt = {
  prompt: string
  by: 'model' | 'rules'
  note: Sentence
}

export type Models = {
  models: Model[]
}

export type Model = {
  /** What a start takes as model. */
  id: string
  kind: 'video' | 'image'
  label: string
  description: Sentence
  badges: Sentence[]
  isDemo: boolean
  state: 'available' | 'deprecated' | 'retired'
  /** The date from which state holds; null while available. */
  stateSince: string | null
  /** What to use once the model is deprecated or retired. */
  replacementId: string | null
  isEnabled: boolean
  /** Why it cannot be used now; null where it can. */
  unavailableReason: Sentence | null
  supports: ModelSupports
  defaults: {
    aspectRatio: '9:16' | '16:9' | '1:1' | '4:3' | '3:4' | '3:2' | '2:3' | '4:5' | '5:4' | '21:9' | 'custom'
    resolution: '480p' | '720p' | '1080p' | '1K' | '2K' | '4K'
    /** Seconds. */
    duration: number
    generateAudio: boolean
  }
  price: Price
  /** Seconds: half of the past runs at the defaults took less; null before the first. */
  usualSeconds: number | null
  routes: Route[]
}

/** What can be asked for. */
export type ModelSupports = {
  aspectRatios: ('9:16' | '16:9' | '1:1' | '4:3' | '3:4' | '3:2' | '2:3' | '4:5' | '5:4' | '21:9' | 'custom')[]
  resolutions: ('480p' | '720p' | '1080p' | '1K' | '2K' | '4K')[]
  /** Seconds, both ends included, in steps of “step”. */
  duration: {
    /** Seconds. */
    min: number
    /** Seconds. */
    max: number
    /** Seconds. */
    step: number
  }
  seed: boolean
  negativePrompt: boolean
  audio: boolean
  silence: boolean
  cancel: boolean
  firstFrame: boolean
  lastFrame: boolean
  /** The most reference images; 0 for none. */
  maxReferences: number
  /** The one duration, in seconds, that works with reference images; null for any. */
  referenceSeconds: number | null
  sourceVideo: 'no' | 'required'
  /** Pixels a side may have; null where only aspectRatios and resolutions count. */
  customSize: {
    /** Pixels. */
    min: number
    /** Pixels. */
    max: number
    /** Pixels. */
    step: number
  } | null
  imageFormats: ('png' | 'jpeg')[]
  anyLanguage: boolean
}

/** Dollars; zero means free. */
export type Price = {
  /** US dollars per second of video. */
  perSecondUsd: number
  /** US dollars per video, added to the price of its seconds. */
  perRunUsd: number
  /** Dollars a run at a size that has a price of its own; perRunUsd at the others. */
  perRunUsdAt?: Record<string, number>
}

export type Route = {
  provider: string
  providerLabel: string
  isEnabled: boolean
  /** Why it cannot be used now; null where it can. */
  unavailableReason: Sentence | null
  isSetUp: boolean
  price: Price
  supports: ModelSupports
}

export type Image = {
  /** Use it in inputs. */
  id: string
  url: string
  contentType: string
  /** Pixels. */
  width: number
  /** Pixels. */
  height: number
  /** Bytes. */
  sizeBytes: number
}

export type Providers = {
  providers: Provider[]
  /** Why webhooks are off; null where they are on. */
  pollingOnlyReason: Sentence | null
  isWhole?: boolean
  /** Videos that wait for “Check now”. */
  parked: number
}

export type Provider = {
  id: string
  label: string
  /** Where the account at the provider is topped up; null where it costs nothing. */
  billingUrl: string | null
  isOn: boolean
  variables: {
    name: string
    meaning: Sentence
    isRequired: boolean
    isSet: boolean
  }[]
  /** Null where the provider is off. */
  health: {
    state: 'ok' | 'degraded' | 'down'
    message?: Sentence
    credits?: {
      /** In the unit named next to it. */
      left: number
      unit: string
    }
  } | null
  circuit: 'closed' | 'open' | 'half_open'
  /** Not called until then; null where it is not paused. */
  cooldown: {
    until: Moment
    reason: Sentence
  } | null
  /** Not called until then; null where it is not paused. */
  pause?: {
    until: Moment
    reason: Sentence
  } | null
  /** Null where there was none. */
  lastError: {
    at: Moment
    code: string
    message: Sentence
  } | null
  webhooks: 'on' | 'polling only'
  callbacks?: 'on' | 'polling only'
  models: string[]
  record: ProviderRecord
}

export type ProviderRecord = {
  /** In the last 7 days. */
  attempts: number
  /** In the last 7 days. */
  completed: number
  /** In the last 7 days. */
  failed: number
  /** In the last 7 days. */
  fellBack: number
  /** In the last 7 days. */
  unknown: number
  /** 0 to 1, of the attempts that ended in the last 7 days; null without any. */
  successRate: number | null
  /** 0 to 1, of the attempts that ended in the last 7 days; null without any. */
  fallbackRate: number | null
  /** Seconds from submit to done, in the last 7 days; null without any. */
  medianSeconds: number | null
  /** Seconds from submit to done, in the last 7 days; null without any. */
  p90Seconds: number | null
  /** US dollars in the last 7 days; null without any, and for callers who may not see it. */
  spentUsd: number | null
  /** US dollars in the last 7 days; null without any, and for callers who may not see it. */
  meanUsd: number | null
}

export type Account = {
  /** Null for a visitor. */
  user: {
    id: string
    name: string
    email: string
    role: 'owner' | 'admin' | 'user'
    hasPassword: boolean
    hasOidc: boolean
    twoFactorEnabled: boolean
    /** How many the account has. */
    passkeys: number
  } | null
  /** “members”: what costs money needs an account. */
  access: 'open' | 'members'
  signUp: 'invite' | 'open' | 'off'
  ways: {
    password: true
    passkey: boolean
    /** Null where it is not set up. */
    oidc: {
      id: string
      label: string
    } | null
  }
  needsSetup: boolean
  canMailReset: boolean
  /** Whose things are seen and paid for. */
  active: {
    kind: 'user' | 'organization'
    /** Null for a visitor. */
    id: string | null
    name: string
  }
  organizations: {
    id: string
    name: string
    role: 'member' | 'admin' | 'owner'
  }[]
  billing: 'off' | 'credits'
  /** What may cost the operator money, in words; for the owner and admins. */
  warnings: string[]
  /** Null where credits are off. */
  balance: {
    /** US dollars. */
    availableUsd: number
    /** US dollars. */
    heldUsd: number
  } | null
}

export type Usage = {
  billing: 'off' | 'credits'
  balance: {
    /** US dollars. */
    availableUsd: number
    /** US dollars. */
    heldUsd: number
    /** US dollars. */
    spentUsd: number
  }
  takesPayments: boolean
  limits: {
    scope: string
    period: 'day' | 'month'
    /** US dollars. */
    limitUsd: number
    /** US dollars. */
    spentUsd: number
    resetsAt: Moment
  }[]
  days: {
    /** YYYY-MM-DD in UTC. */
    day: string
    model: string
    modelLabel: string
    /** US dollars charged or still held. */
    usd: number
    /** How many. */
    videos: number
  }[]
  credits: {
    kind: 'granted' | 'topped_up' | 'refunded' | 'adopted'
    /** US dollars; below zero where they were taken away. */
    usd: number
    /** Null for none. */
    note: string | null
    at: Moment
  }[]
  entries: UsageEntry[]
  /** Send it as cursor for the next page; null on the last one. */
  nextCursor: string | null
}

export type UsageEntry = {
  fileId: string
  model: string
  modelLabel: string
  /** Null once the video is deleted. */
  prompt: string | null
  state: 'held' | 'uncertain' | 'settled'
  /** US dollars. */
  heldUsd: number
  /** What you paid, in dollars; null while it is not settled. */
  chargedUsd: number | null
  /** US dollars of the hold that were returned; null while it is not settled. */
  returnedUsd: number | null
  /** US dollars the studio paid beyond what was charged. */
  ownUsd: number
  reason: string
  userId: string
  /** The API key that started it; null for none. */
  keyId: string | null
  attempts: {
    /** 1 is the first. */
    number: number
    provider: string
    outcome: 'submitting' | 'accepted' | 'refused' | 'unknown' | 'completed' | 'failed' | 'canceled'
    reason: string
    /** US dollars; null while unknown. */
    costUsd: number | null
    startedAt: Moment
    /** Null while it is in progress. */
    endedAt: Moment | null
  }[]
  createdAt: Moment
  /** Null while it is not settled. */
  settledAt: Moment | null
}

export type TopUps = {
  topUps: TopUp[]
}

export type TopUp = {
  id: string
  /** US dollars. */
  usd: number
  /** US dollars. */
  refundedUsd: number
  state: 'open' | 'paid' | 'expired' | 'failed'
  createdAt: Moment
  /** Null until it is paid. */
  paidAt: Moment | null
}

export type LibraryPage = {
  items: LibraryItem[]
  /** Send it as cursor for the next page; null on the last one. */
  nextCursor: string | null
}

export type LibraryItem = {
  id: string
  type: 'video' | 'image'
  source: 'video' | 'image' | 'edit' | 'upload'
  isStarred: boolean
  collections: string[]
  /** Bytes in storage, poster and filmstrip included. */
  weightBytes: number
  /** Null outside of the trash. */
  trashedAt: Moment | null
  /** When it is deleted for good; null outside of the trash. */
  deletedFrom: Moment | null
  createdAt: Moment
  /** Null for an upload. */
  file: FileView | null
  /** Null for what was generated or edited. */
  upload: Upload | null
}

export type Upload = {
  id: string
  type: 'video' | 'image'
  /** The name of the file; null where none came with it. */
  name: string | null
  url: string
  /** Null for an image. */
  posterUrl: string | null
  /** The second of the video whose frame was chosen as the poster; null for the usual one. */
  posterSeconds: number | null
  /** Null for an image. */
  filmstripUrl: string | null
  /** How many frames filmstripUrl shows; null where it is null. */
  filmstripFrames: number | null
  contentType: string
  /** Bytes. */
  sizeBytes: number
  sha256: string
  /** Pixels. */
  width: number
  /** Pixels. */
  height: number
  /** Seconds; null for an image. */
  durationSeconds: number | null
  /** Null for an image. */
  videoCodec: string | null
  /** Null for an image and for a silent video. */
  audioCodec: string | null
  /** Imported: it stays until you delete it. Other uploads are removed after a week in which nothing uses them. */
  isKept: boolean
  createdAt: Moment
}

export type LibraryChanged = {
  changed: string[]
  busy: string[]
  missing: string[]
}

export type LibraryDeleted = {
  changed: string[]
  busy: string[]
  missing: string[]
  /** How many items are left in the trash. */
  left: number
}

export type LibraryWeight = {
  /** How many. */
  count: number
  /** Bytes. */
  bytes: number
}

export type ZipLink = {
  url: string
  name: string
  /** How many. */
  count: number
  /** Bytes. */
  bytes: number
  expiresAt: Moment
}

export type Collections = {
  collections: Collection[]
}

export type Collection = {
  id: string
  name: string
  /** How many. */
  count: number
  createdAt: Moment
}

export type Lineage = {
  id: string
  nodes: {
    id: string
    isThere: boolean
    /** Null once the item is deleted. */
    type: 'video' | 'image' | null
    /** Null once the item is deleted. */
    source: 'video' | 'image' | 'edit' | 'upload' | null
    /** Null once the item is deleted. */
    status: 'open' | 'completed' | 'failed' | 'canceled' | null
    title: string
    /** Null until the item is finished, and once it is deleted. */
    url: string | null
    /** Null until the item is finished, and once it is deleted. */
    posterUrl: string | null
    isTrashed: boolean
    /** Null once the item is deleted. */
    createdAt: Moment | null
  }[]
  edges: {
    parentId: string
    childId: string
    role: 'firstFrame' | 'lastFrame' | 'reference' | 'sourceVideo' | 'source'
    /** Its place among the inputs of this role, from 0. */
    place: number
  }[]
  isCut: boolean
}

export type CanvasPage = {
  canvases: CanvasSummary[]
  /** Send it as cursor for the next page; null on the last one. */
  nextCursor: string | null
}

export type CanvasSummary = {
  id: string
  name: string
  createdAt: Moment
  changedAt: Moment
  isTrashed: boolean
  /** How many there are, from 0 to 2,000. */
  nodes: number
  posters: string[]
}

export type Canvas = {
  object: 'canvas'
  id: string
  name: string
  createdAt: Moment
  changedAt: Moment
  isTrashed: boolean
  /** Grows by one with every change of the canvas; 0 is before all of it. */
  version: number
  /** Whether the elements are all that is on the canvas: what is not among them is gone. True where `since` is 0 or too old. */
  isWhole: boolean
  elements: {
    id: string
    /** Grows by one with every change of the canvas; 0 is before all of it. */
    version: number
    /** Null where it is of the other kind, or removed. */
    node: CanvasNode | null
    /** Null where it is of the other kind, or removed. */
    edge: CanvasEdge | null
  }[]
}

export type CanvasPlan = {
  object: 'canvas.plan'
  nodes: ({
    nodeId: string
    does: 'make'
    /** Its place in the order, from 1; those of the same place run at the same time. */
    order: number
    kind: 'video' | 'image' | 'edit'
    modelLabel: string
    /** US dollars. */
    usd: number
    /** Dollars, at the most expensive provider it may fall back to. */
    upToUsd: number
  } | {
    nodeId: string
    does: 'frame'
    /** Its place in the order, from 1; those of the same place run at the same time. */
    order: number
    /** Which frame of the video is taken. */
    at: 'first' | 'last'
  } | {
    nodeId: string
    does: 'reuse'
    fileId: string
  } | {
    nodeId: string
    does: 'wait'
    fileId: string
  } | {
    nodeId: string
    does: 'refuse'
    why: Sentence
  })[]
  /** US dollars. */
  usd: number
  /** Dollars, at the most expensive provider it may fall back to. */
  upToUsd: number
  canRun: boolean
  /** How much that runs of the canvas have started is not finished, whatever is planned. It can be canceled together. */
  running: number
}

export type CanvasRun = {
  object: 'canvas.run'
  id: string
  canvasId: string
  started: {
    nodeId: string
    fileId: string
  }[]
}

export type CanceledRuns = {
  object: 'canvas.canceled'
  /** How much that runs of the canvas have started is not finished, whatever is planned. It can be canceled together. */
  running: number
  /** How much of that is canceled; for the rest it was too late. */
  canceled: number
}

export type Templates = {
  templates: Template[]
}

export type Template = {
  id: string
  name: string
  kind: 'video' | 'image'
  /** A request without what is of one start alone. In its prompt {name} is a variable, {name|text} one with a suggestion, and {{name}} the words {name}; every other brace stays as it is. It is not checked against the models of the moment. */
  settings: {
    /** What the video shows. */
    prompt: string
    /** An id of the models, or the name a provider has for it, such as veo3_fast. The first enabled model where absent. */
    model?: string
    /** Drawn at the start where absent. */
    seed?: number | null
    /** What the video should not show; null for nothing. */
    negativePrompt?: string | null
    /** The most one video may cost, in dollars, fallback included. */
    maxUsd?: number | null
    /** portrait is 9:16, landscape 16:9, square 1:1. */
    aspectRatio?: '9:16' | '16:9' | '1:1' | 'portrait' | 'landscape' | 'square'
    /** Seconds. */
    duration?: number
    resolution?: '480p' | '720p' | '1080p'
    generateAudio?: boolean
    inputs?: {
      /** Id of an image; null for none. */
      firstFrame?: string | null
      /** Id of an image; null for none. */
      lastFrame?: string | null
      references?: string[]
      /** fileId of a video; null for none. */
      sourceVideo?: string | null
    }
  } | {
    /** What the image shows, or how the references are to be changed. */
    prompt: string
    /** An id of the models, or the name a provider has for it, such as veo3_fast. The first enabled model where absent. */
    model?: string
    /** Drawn at the start where absent. */
    seed?: number | null
    /** What the video should not show; null for nothing. */
    negativePrompt?: string | null
    /** The most one video may cost, in dollars, fallback included. */
    maxUsd?: number | null
    /** One of the model’s; custom where width and height are given. */
    aspectRatio?: '9:16' | '16:9' | '1:1' | '4:3' | '3:4' | '3:2' | '2:3' | '4:5' | '5:4' | '21:9' | 'custom' | 'portrait' | 'landscape' | 'square'
    /** About 1, 4 or 16 megapixels. */
    resolution?: '1K' | '2K' | '4K'
    /** Pixels, where the model has a customSize. Width and height go together, in place of aspectRatio and resolution. */
    width?: number
    /** Pixels, where the model has a customSize. Width and height go together, in place of aspectRatio and resolution. */
    height?: number
    imageFormat?: 'png' | 'jpeg'
    inputs?: {
      /** Ids of uploaded or generated images: to take likenesses from, or to be changed by the prompt. */
      references?: string[]
    }
  }
  /** Whether it comes with the studio: it can be neither changed nor deleted. */
  isOurs: boolean
  isShared: boolean
  isStarred: boolean
  canChange: boolean
  /** Null of one that comes with the studio. */
  createdAt: Moment | null
}

export type ChatPage = {
  chats: ChatSummary[]
  /** Send it as cursor for the next page; null on the last one. */
  nextCursor: string | null
  answeredBy?: Sentence
}

export type ChatSummary = {
  id: string
  title: string
  createdAt: Moment
  updatedAt: Moment
}

export type Chat = {
  id: string
  title: string
  createdAt: Moment
  updatedAt: Moment
  messages: ChatMessage[]
  isAnswering: boolean
  videos: {
    fileId: string
    /** The video it is a new version of; null for none. */
    parentFileId: string | null
    /** 1, 2, 3 in the order they appear in the chat. */
    number: number
    /** The answer it was started in; null for a version made outside the conversation. */
    messageId: string | null
    /** True while it is in the trash; absent otherwise. */
    isTrashed?: true
  }[]
}

export type ChatMessage = {
  id: string
  role: 'system' | 'user' | 'assistant'
  metadata?: {
    createdAt: Moment
    model?: Sentence
    isInterrupted?: true
    error?: Sentence
    ending?: 'cut_off' | 'filtered' | 'empty' | 'unclear'
  }
  /** Parts as in the AI SDK: text, file, reasoning and tools. */
  parts: {
    type: string
    [name: string]: unknown
  }[]
}

/** Every request by its name: what it takes and what it answers. */
export interface Operations {
  /** Start a video. Answers at once with its fileId; send an Idempotency-Key so that a repeated request is not paid twice. */
  generateVideo: {
    method: 'POST'
    path: '/generate/video'
    body: GenerateVideoRequest
    answer: VideoGenerationResult
  }
  /** Start an image. As with a video, send an Idempotency-Key. */
  generateImage: {
    method: 'POST'
    path: '/generate/image'
    body: GenerateImageRequest
    answer: VideoGenerationResult
  }
  /** See what a start would cost and how long it would take. Takes the body of a start; starts nothing. */
  estimateVideo: {
    method: 'POST'
    path: '/estimate'
    body: GenerateVideoRequest | GenerateImageRequest
    answer: Estimate
  }
  /** List your videos, newest first. */
  listVideos: {
    method: 'GET'
    path: '/file'
    body: undefined
    answer: FilePage
  }
  /** Delete all finished videos. */
  deleteVideos: {
    method: 'DELETE'
    path: '/file'
    body: undefined
    answer: Deleted
  }
  /** Read a video. Poll it until its status is final: Retry-After says when to ask next. */
  getVideo: {
    method: 'GET'
    path: '/file/{fileId}'
    body: undefined
    answer: FileView
  }
  /** Delete a video with its bytes. One that is running is stopped first. */
  deleteVideo: {
    method: 'DELETE'
    path: '/file/{fileId}'
    body: undefined
    answer: undefined
  }
  /** Follow up to 100 videos as server-sent events, and news of all of them on the channel “user”. */
  followVideos: {
    method: 'GET'
    path: '/events/{channels}'
    body: undefined
    answer: undefined
  }
  /** Check a video with its provider now, at most every 3 seconds. */
  checkVideo: {
    method: 'POST'
    path: '/file/{fileId}/check'
    body: undefined
    answer: FileView
  }
  /** Cancel a video. isBilledAnyway says beforehand that canceling saves nothing. */
  cancelVideo: {
    method: 'POST'
    path: '/file/{fileId}/cancel'
    body: undefined
    answer: FileView
  }
  /** Submit a video again whose first submit has an unknown outcome. It may be charged twice. */
  resubmitVideo: {
    method: 'POST'
    path: '/file/{fileId}/resubmit'
    body: undefined
    answer: FileView
  }
  /** List every change of a video’s state, the first one first. */
  getTimeline: {
    method: 'GET'
    path: '/file/{fileId}/timeline'
    body: undefined
    answer: Timeline
  }
  /** Report which channel you rendered the video from. The first report stays. */
  reportDelivery: {
    method: 'POST'
    path: '/file/{fileId}/delivered'
    body: {
      by: 'sse' | 'poll' | 'check'
    }
    answer: undefined
  }
  /** Download a video, its poster or filmstrip, or an uploaded image. Takes ranges. */
  getMedia: {
    method: 'GET'
    path: '/media/{fileId}/{name}'
    body: undefined
    answer: undefined
  }
  /** List the links that show a video to others, newest first. Revoked ones are left out. */
  listShares: {
    method: 'GET'
    path: '/file/{fileId}/shares'
    body: undefined
    answer: Shares
  }
  /** Create a link that shows a finished video to anyone who has it, at /s/…. */
  createShare: {
    method: 'POST'
    path: '/file/{fileId}/shares'
    body: ShareWish
    answer: Share
  }
  /** Revoke a link. What is being played through it ends within seconds. */
  revokeShare: {
    method: 'DELETE'
    path: '/file/{fileId}/shares/{token}'
    body: undefined
    answer: undefined
  }
  /** Edit finished videos: trim, join, mute, loop, crop, take a frame, or make a GIF or WebP animation. Free; answers at once with the fileId of the result, and the sources stay as they are. */
  editVideo: {
    method: 'POST'
    path: '/edit'
    body: EditRequest
    answer: VideoGenerationResult
  }
  /** See how a finished video can be extended or upscaled now, and what that costs. */
  listWork: {
    method: 'GET'
    path: '/file/{fileId}/work'
    body: undefined
    answer: WorkOffers
  }
  /** Extend a finished video, or upscale it to 1080p or 4K. Only the new part is paid for; the video stays as it is. */
  workOnVideo: {
    method: 'POST'
    path: '/work'
    body: WorkRequest
    answer: VideoGenerationResult
  }
  /** Start a table of up to 200 requests: all of them, with one hold for all, or none. The same Idempotency-Key and body are the same batch. */
  startBatch: {
    method: 'POST'
    path: '/batch'
    body: BatchRequest
    answer: Batch
  }
  /** List your newest batches. */
  listBatches: {
    method: 'GET'
    path: '/batch'
    body: undefined
    answer: {
      batches: BatchSummary[]
    }
  }
  /** See what a batch would cost, row by row and together. Takes the body of a start; starts nothing. */
  estimateBatch: {
    method: 'POST'
    path: '/batch/estimate'
    body: BatchRequest
    answer: BatchEstimate
  }
  /** Read a batch as one thing: how many of it wait, run and have ended. */
  getBatch: {
    method: 'GET'
    path: '/batch/{batchId}'
    body: undefined
    answer: Batch
  }
  /** Cancel what of a batch has not ended. */
  cancelBatch: {
    method: 'POST'
    path: '/batch/{batchId}/cancel'
    body: undefined
    answer: Batch
  }
  /** Get a proposal for a better prompt. Starts nothing, and keeps lines in quotes, numbers, names, exclusions and the language. */
  improvePrompt: {
    method: 'POST'
    path: '/prompt/improve'
    body: ImproveRequest
    answer: ImprovedPrompt
  }
  /** List models: what they can do, what they cost, and whether they are on. */
  listModels: {
    method: 'GET'
    path: '/models'
    body: undefined
    answer: Models
  }
  /** Upload a PNG, JPEG or WebP of at most 10 MB to start videos from. */
  uploadImage: {
    method: 'POST'
    path: '/image'
    body: undefined
    answer: Image
  }
  /** List providers: whether they are on, their health and their results. */
  listProviders: {
    method: 'GET'
    path: '/providers'
    body: undefined
    answer: Providers
  }
  /** Check a provider’s health now. */
  checkProvider: {
    method: 'POST'
    path: '/providers/{id}/check'
    body: undefined
    answer: Provider
  }
  /** See who you are here, whose things you see, and your balance. */
  getAccount: {
    method: 'GET'
    path: '/account'
    body: undefined
    answer: Account
  }
  /** Read balance, limits and the charge of every video, newest first. */
  getUsage: {
    method: 'GET'
    path: '/usage'
    body: undefined
    answer: Usage
  }
  /** Download every charge as CSV. */
  getUsageCsv: {
    method: 'GET'
    path: '/usage.csv'
    body: undefined
    answer: undefined
  }
  /** List payments, newest first. */
  listTopUps: {
    method: 'GET'
    path: '/top-ups'
    body: undefined
    answer: TopUps
  }
  /** Get a session as a visitor. A key needs none. */
  createSession: {
    method: 'POST'
    path: '/session'
    body: undefined
    answer: undefined
  }
  /** Read this document. Accept-Language selects its language. */
  getOpenApi: {
    method: 'GET'
    path: '/openapi.json'
    body: undefined
    answer: {
      openapi: string
      [name: string]: unknown
    }
  }
  /** List your images, videos and uploads: by words of the prompt, by filters, in any order. */
  listLibrary: {
    method: 'GET'
    path: '/library'
    body: undefined
    answer: LibraryPage
  }
  /** Star up to 500 items, move them to the trash or out of it, into a collection or out of it. What is being made can’t be trashed and comes back as busy; what isn’t yours or isn’t there, as missing. */
  changeLibrary: {
    method: 'PATCH'
    path: '/library'
    body: LibraryChange
    answer: LibraryChanged
  }
  /** Delete for good what is in the trash: some of it, or all, up to 500 items a call. It is emptied by itself after 30 days. */
  emptyTrash: {
    method: 'DELETE'
    path: '/library'
    body: LibraryDeletion
    answer: LibraryDeleted
  }
  /** Count what the same filters find, and what it weighs: the bytes in storage, posters and filmstrips included. */
  weighLibrary: {
    method: 'GET'
    path: '/library/weight'
    body: undefined
    answer: LibraryWeight
  }
  /** Make a frame of a video its poster, the picture that stands for it. The video stays as it is. Takes ids of uploads too. */
  choosePoster: {
    method: 'PUT'
    path: '/file/{fileId}/poster'
    body: PosterWish
    answer: LibraryItem
  }
  /** Go back to the usual poster of a video. Takes ids of uploads too. */
  restorePoster: {
    method: 'DELETE'
    path: '/file/{fileId}/poster'
    body: undefined
    answer: LibraryItem
  }
  /** Download up to 1,000 items or 50 GB as one ZIP, each with its settings.json. With asLink, answers a link that a browser downloads it by, for an hour. */
  zipLibrary: {
    method: 'POST'
    path: '/library/zip'
    body: ZipRequest
    answer: undefined
  }
  /** Download the ZIP of a link. */
  downloadZip: {
    method: 'GET'
    path: '/library/zip/{zipId}'
    body: undefined
    answer: undefined
  }
  /** Import a video of up to 2 GB (MP4, MOV, WebM, MKV, MPEG-TS) or an image of up to 10 MB (PNG, JPEG, WebP) as the raw body. It stays until you delete it, and its id can be an input. */
  importMedia: {
    method: 'POST'
    path: '/library/import'
    body: undefined
    answer: Upload
  }
  /** List your collections, by name. */
  listCollections: {
    method: 'GET'
    path: '/collections'
    body: undefined
    answer: Collections
  }
  /** Create a collection, empty or with items in it. */
  createCollection: {
    method: 'POST'
    path: '/collections'
    body: NewCollection
    answer: Collection
  }
  /** Rename a collection. */
  renameCollection: {
    method: 'PATCH'
    path: '/collections/{collectionId}'
    body: CollectionName
    answer: Collection
  }
  /** Delete a collection. Its items stay. */
  deleteCollection: {
    method: 'DELETE'
    path: '/collections/{collectionId}'
    body: undefined
    answer: undefined
  }
  /** See what an item was made from and what it led to, up to 50 items. Takes ids of uploads too. */
  getLineage: {
    method: 'GET'
    path: '/file/{fileId}/lineage'
    body: undefined
    answer: Lineage
  }
  /** List your canvases, the last changed first. */
  listCanvases: {
    method: 'GET'
    path: '/canvas'
    body: undefined
    answer: CanvasPage
  }
  /** Create an empty canvas. */
  createCanvas: {
    method: 'POST'
    path: '/canvas'
    body: NewCanvas
    answer: Canvas
  }
  /** Create a canvas from an exported file. Nothing is created where something in it is refused. */
  importCanvas: {
    method: 'POST'
    path: '/canvas/import'
    body: CanvasFile
    answer: CanvasSummary
  }
  /** Read a canvas, or what has changed on it since a version. */
  getCanvas: {
    method: 'GET'
    path: '/canvas/{canvasId}'
    body: undefined
    answer: Canvas
  }
  /** Change a canvas: all changes are made, or none. Fields that are not named stay as they are. */
  changeCanvas: {
    method: 'PATCH'
    path: '/canvas/{canvasId}'
    body: CanvasPatch
    answer: Canvas
  }
  /** Move a canvas to the trash, or delete for good what is there. */
  deleteCanvas: {
    method: 'DELETE'
    path: '/canvas/{canvasId}'
    body: undefined
    answer: undefined
  }
  /** Copy a canvas. Its chats begin empty. */
  duplicateCanvas: {
    method: 'POST'
    path: '/canvas/{canvasId}/duplicate'
    body: undefined
    answer: CanvasSummary
  }
  /** Download a canvas as a file. Images and videos stay in the library. */
  exportCanvas: {
    method: 'GET'
    path: '/canvas/{canvasId}/export'
    body: undefined
    answer: CanvasFile
  }
  /** Plan a run: what would be made, in which order, and what it costs. Nothing is started. */
  planCanvas: {
    method: 'POST'
    path: '/canvas/{canvasId}/plan'
    body: CanvasRunRequest
    answer: CanvasPlan
  }
  /** Run a canvas: all that the plan says is started with one hold, or nothing. */
  runCanvas: {
    method: 'POST'
    path: '/canvas/{canvasId}/run'
    body: CanvasRunRequest
    answer: CanvasRun
  }
  /** Cancel what the runs of a canvas have not finished. */
  cancelCanvasRuns: {
    method: 'POST'
    path: '/canvas/{canvasId}/run/cancel'
    body: undefined
    answer: CanceledRuns
  }
  /** List the templates you can use: starred ones first, then the newest, then those that come with the studio, in the language of the request. */
  listTemplates: {
    method: 'GET'
    path: '/templates'
    body: undefined
    answer: Templates
  }
  /** Save a template: a request with variables like {name} in its prompt. */
  createTemplate: {
    method: 'POST'
    path: '/templates'
    body: NewTemplate
    answer: Template
  }
  /** Star, rename, change or share a template. A star is yours alone. */
  changeTemplate: {
    method: 'PATCH'
    path: '/templates/{templateId}'
    body: TemplateChange
    answer: Template
  }
  /** Delete a template of your own. Those that come with the studio stay. */
  deleteTemplate: {
    method: 'DELETE'
    path: '/templates/{templateId}'
    body: undefined
    answer: undefined
  }
  /** Send a message; the reply is an AI SDK UI message stream. The same message sent again starts no second video. */
  sendMessage: {
    method: 'POST'
    path: '/chat'
    body: ChatRequest
    answer: undefined
  }
  /** List your chats, last used first. */
  listChats: {
    method: 'GET'
    path: '/chat'
    body: undefined
    answer: ChatPage
  }
  /** Follow the reply in progress from its beginning. */
  followAnswer: {
    method: 'GET'
    path: '/chat/{chatId}/stream'
    body: undefined
    answer: undefined
  }
  /** Stop the reply in progress. */
  stopAnswer: {
    method: 'POST'
    path: '/chat/{chatId}/stop'
    body: undefined
    answer: undefined
  }
  /** Read a chat with its messages and videos. */
  getChat: {
    method: 'GET'
    path: '/chat/{chatId}'
    body: undefined
    answer: Chat
  }
  /** Give a chat another title. */
  renameChat: {
    method: 'PATCH'
    path: '/chat/{chatId}'
    body: ChatTitle
    answer: ChatSummary
  }
  /** Delete a chat. Its videos stay. */
  deleteChat: {
    method: 'DELETE'
    path: '/chat/{chatId}'
    body: undefined
    answer: undefined
  }
  /** Start a new version of a video. What is absent is taken from that video. */
  newVersion: {
    method: 'POST'
    path: '/chat/{chatId}/videos'
    body: NewVersionRequest
    answer: VideoGenerationResult
  }
}
