import { z } from 'zod';

/** One line of text without control, line-breaking or text-direction characters. */
export const PlainText = z
  .string()
  .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+$/u);

/** Like {@link PlainText}, but may have several lines. */
export const ReasonText = z
  .string()
  .regex(/^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+$/u);
