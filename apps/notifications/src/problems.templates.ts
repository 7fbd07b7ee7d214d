import { problem } from '@idxcoop/platform';

export const wrongState = problem('wrong_state', 409, {
  id: 'Langkah ini tidak mungkin pada status sekarang',
  en: 'This step is not possible in the present state',
});
