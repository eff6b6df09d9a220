import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 150, wide: true }, { height: 150, wide: true }]} />
}
