import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/notice'
import { Page } from '@/components/ui/page'

export default function NotFound() {
  return (
    <Page title="Not found">
      <Empty title="There is nothing at this address" action={<><ButtonLink href="/">Home</ButtonLink><ButtonLink href="/runs">Runs</ButtonLink><ButtonLink href="/datasets">Datasets</ButtonLink></>}>
        It may have been deleted, or the link is cut short. Press Ctrl K to look for it by name.
      </Empty>
    </Page>
  )
}
