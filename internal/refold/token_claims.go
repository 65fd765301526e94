// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
	"time"
)

// clockTolerance is how far the clocks of Refold and of this machine may be apart.
const clockTolerance = 5 * time.Minute

// tokenClaims is what a session token says of itself (FACTS 2.5). It is decoded
// and not verified, which only Refold can: it shows mistakes, and proves nothing.
type tokenClaims struct {
	accountID   string
	environment string
	// issued is zero where the token does not say.
	issued time.Time
}

// claimsOf is empty for a token that is no JWT. A claim of another type than the
// documented one counts as left out.
func claimsOf(token string) tokenClaims {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return tokenClaims{}
	}
	var wire struct {
		AccountID   any `json:"linked_account_id"`
		Environment any `json:"environment"`
		Issued      any `json:"iat"`
	}
	decoded, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil || json.Unmarshal(decoded, &wire) != nil {
		return tokenClaims{}
	}
	var claims tokenClaims
	claims.accountID, _ = wire.AccountID.(string)
	claims.environment, _ = wire.Environment.(string)
	if seconds, ok := wire.Issued.(float64); ok && seconds > 0 && seconds < latestIssue {
		claims.issued = time.Unix(int64(seconds), 0)
	}
	return claims
}

// latestIssue is beyond any iat in seconds (the year 5138); more is another unit.
const latestIssue = 1e11

// isIssuedBefore reports whether the token is clearly older than a request.
func (c tokenClaims) isIssuedBefore(asked time.Time) bool {
	return !c.issued.IsZero() && c.issued.Before(asked.Add(-clockTolerance))
}

// isOfAnother reports whether the token is for another account. The facts do not
// say which id the claim holds, so Refold's own id of the account is no mistake.
func (c tokenClaims) isOfAnother(accountID string) bool {
	if c.accountID == "" || c.accountID == accountID {
		return false
	}
	return strings.EqualFold(c.accountID, accountID) || !objectID.MatchString(c.accountID)
}

// objectID matches the ids that Refold gives (FACTS 2.1: `_id`).
var objectID = regexp.MustCompile(`^[0-9a-f]{24}$`)
