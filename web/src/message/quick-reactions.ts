/** The reactions that are at hand. */
export const quickReactions = ['👍', '❤️', '😂', '🎉', '👀', '✅'] as const
