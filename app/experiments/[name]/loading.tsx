import { PageSkeleton } from '@/components/ui/skeletons'

export default function Loading() {
  return <PageSkeleton blocks={[{ height: 180, wide: true }, { height: 320 }, { height: 320 }]} />
}
