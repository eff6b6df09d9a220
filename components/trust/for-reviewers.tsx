import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/notice'

/** Instead of what others said: an annotator may have a blind labelling under way. */
export function ForReviewers({ dataset }: { dataset: string }) {
  return <Empty title="This page is for reviewers" action={<ButtonLink href={`/label/${dataset}`}>Label</ButtonLink>}>It shows what others have labelled, which an annotator of a blind second labelling must not see. Ask whoever gave you your token.</Empty>
}
