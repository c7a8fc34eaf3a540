import { expectTypeOf, test } from 'vitest'
import type { z } from 'zod'
import type { ChatPage, ChatSummary, ChatVideo, ChatView } from '../chat.ts'
import type {
  AttemptView,
  FilePage,
  FileView,
  TimelineAnswer,
  VideoGenerationResult,
} from '../file-view.ts'
import type { WorkOffers } from '../edit/work.ts'
import type { EstimateView } from '../generate-video-request.ts'
import type { GenerationInputs, ImageView } from '../generation-inputs.ts'
import type { ModelView, ModelsAnswer } from '../model-view.ts'
import type { AccountView } from '../people/account.ts'
import type { TopUpView } from '../people/credits.ts'
import type { UsageView } from '../people/usage.ts'
import type { ErrorCode, Problem } from '../problem.ts'
import type { ProviderView, ProvidersAnswer } from '../provider-view.ts'
import type { ShareView, ShareWish, SharesAnswer } from '../people/shares.ts'
import type { WaitReason } from '../wait.ts'
import type * as accounts from './account.ts'
import type * as chats from './chat.ts'
import type * as files from './files.ts'
import type * as models from './models.ts'
import type * as problems from './problem.ts'
import type * as library from '../library/schemas.ts'
import type {
  CollectionView,
  CollectionsAnswer,
  LibraryChanged,
  LibraryDeleted,
  LibraryPage,
  LibraryWeight,
  LineageView,
  UploadView,
  ZipLink,
} from '../library/library.ts'
import type * as shares from './shares.ts'
import type * as work from './work.ts'

test('what the schemas describe is what the types say, to the last field', () => {
  expectTypeOf<z.infer<typeof problems.errorCodeSchema>>().toEqualTypeOf<ErrorCode>()
  expectTypeOf<z.infer<typeof problems.problemSchema>>().toEqualTypeOf<Problem>()
  expectTypeOf<z.infer<typeof files.waitSchema>>().toEqualTypeOf<WaitReason>()
  expectTypeOf<z.infer<typeof files.inputsSchema>>().toEqualTypeOf<GenerationInputs>()
  expectTypeOf<z.infer<typeof files.attemptSchema>>().toEqualTypeOf<AttemptView>()
  expectTypeOf<z.infer<typeof files.fileViewSchema>>().toEqualTypeOf<FileView>()
  expectTypeOf<z.infer<typeof files.filePageSchema>>().toEqualTypeOf<FilePage>()
  expectTypeOf<z.infer<typeof files.startedSchema>>().toEqualTypeOf<VideoGenerationResult>()
  expectTypeOf<z.infer<typeof files.timelineSchema>>().toEqualTypeOf<TimelineAnswer>()
  expectTypeOf<z.infer<typeof files.imageSchema>>().toEqualTypeOf<ImageView>()
  expectTypeOf<z.infer<typeof work.workOffersSchema>>().toEqualTypeOf<WorkOffers>()
  expectTypeOf<z.infer<typeof files.estimateSchema>>().toEqualTypeOf<EstimateView>()
  expectTypeOf<z.infer<typeof models.modelSchema>>().toEqualTypeOf<ModelView>()
  expectTypeOf<z.infer<typeof models.modelsSchema>>().toEqualTypeOf<ModelsAnswer>()
  expectTypeOf<z.infer<typeof models.providerSchema>>().toEqualTypeOf<ProviderView>()
  expectTypeOf<z.infer<typeof models.providersSchema>>().toEqualTypeOf<ProvidersAnswer>()
  expectTypeOf<z.infer<typeof accounts.accountSchema>>().toEqualTypeOf<AccountView>()
  expectTypeOf<z.infer<typeof accounts.usageSchema>>().toEqualTypeOf<UsageView>()
  expectTypeOf<z.infer<typeof accounts.topUpsSchema>>().toEqualTypeOf<{ topUps: TopUpView[] }>()
  expectTypeOf<z.infer<typeof chats.chatSummarySchema>>().toEqualTypeOf<ChatSummary>()
  expectTypeOf<z.infer<typeof chats.chatPageSchema>>().toEqualTypeOf<ChatPage>()
  expectTypeOf<z.infer<typeof chats.chatVideoSchema>>().toEqualTypeOf<ChatVideo>()
  expectTypeOf<z.infer<typeof shares.shareSchema>>().toEqualTypeOf<ShareView>()
  expectTypeOf<z.infer<typeof shares.sharesSchema>>().toEqualTypeOf<SharesAnswer>()
  expectTypeOf<z.infer<typeof shares.shareWishSchema>>().toEqualTypeOf<ShareWish>()
  expectTypeOf<z.infer<typeof library.libraryPageSchema>>().toEqualTypeOf<LibraryPage>()
  expectTypeOf<z.infer<typeof library.libraryWeightSchema>>().toEqualTypeOf<LibraryWeight>()
  expectTypeOf<z.infer<typeof library.libraryChangedSchema>>().toEqualTypeOf<LibraryChanged>()
  expectTypeOf<z.infer<typeof library.libraryDeletedSchema>>().toEqualTypeOf<LibraryDeleted>()
  expectTypeOf<z.infer<typeof library.uploadViewSchema>>().toEqualTypeOf<UploadView>()
  expectTypeOf<z.infer<typeof library.collectionSchema>>().toEqualTypeOf<CollectionView>()
  expectTypeOf<z.infer<typeof library.collectionsSchema>>().toEqualTypeOf<CollectionsAnswer>()
  expectTypeOf<z.infer<typeof library.zipLinkSchema>>().toEqualTypeOf<ZipLink>()
  expectTypeOf<z.infer<typeof library.lineageSchema>>().toEqualTypeOf<LineageView>()
  // The parts of messages are the AI SDK's.
  type WithoutParts = Omit<z.infer<typeof chats.chatViewSchema>, 'messages'>
  expectTypeOf<WithoutParts>().toEqualTypeOf<Omit<ChatView, 'messages'>>()
})
