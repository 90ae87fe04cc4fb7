import { applyScheme, CHOICES, SCHEME_KEY } from '../lib/scheme';
import { recall } from '../store/memory';

applyScheme(CHOICES.find((choice) => choice === recall(SCHEME_KEY)) ?? 'auto', new Date());
