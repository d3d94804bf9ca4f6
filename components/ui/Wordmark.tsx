/** The mark and, beside it, the name. */
export function Wordmark({ size = 24, bare = false }: { size?: number; bare?: boolean }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 9 }}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="8" fill="#3f5ed8" />
        <g fill="#fff">
          <rect x="7" y="16" width="4.5" height="9" rx="1.2" opacity=".65" />
          <rect x="13.75" y="11.5" width="4.5" height="13.5" rx="1.2" opacity=".85" />
          <rect x="20.5" y="7" width="4.5" height="18" rx="1.2" />
        </g>
      </svg>
      {!bare && <span style={{ fontWeight: 650, fontSize: '1rem', letterSpacing: '-0.02em' }}>Brandlens</span>}
    </span>
  );
}
