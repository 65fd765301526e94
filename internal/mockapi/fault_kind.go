// SPDX-License-Identifier: MPL-2.0

package mockapi

// Fault is one way in which a request or its answer goes wrong. It is empty where nothing did.
type Fault string

// Values of Fault. "Done" means that Refold did what the request asked, as
// without the fault; "not done" means that the request changed nothing.
const (
	// FaultThrottled is a 429 (FACTS 1.4), by draw with Retry-After in seconds or
	// as a date, with X-RateLimit-*, or without a hint. Not done.
	FaultThrottled Fault = "throttled"
	// FaultForbidden is the throttling 403 of 2023 (FACTS 1.4), always with a
	// hint: Retry-After in seconds or as a date, or X-RateLimit-*. Not done.
	FaultForbidden Fault = "throttled with 403"
	// FaultInternal is a 500 in Refold's envelope or as nginx's page, by draw. Not done.
	FaultInternal Fault = "500"
	// FaultBadGateway is a 502, else as FaultInternal. Not done.
	FaultBadGateway Fault = "502"
	// FaultUnavailable is a 503, else as FaultInternal. Not done.
	FaultUnavailable Fault = "503"
	// FaultGatewayTimeout is a 504, else as FaultInternal. Done: the proxy gave
	// up waiting, Refold did not.
	FaultGatewayTimeout Fault = "504"
	// FaultDroppedBefore closes the connection without an answer. Not done.
	FaultDroppedBefore Fault = "dropped before the work"
	// FaultDroppedAfter closes the connection without an answer. Done.
	FaultDroppedAfter Fault = "dropped after the work"
	// FaultSlow gives the right answer after Faults.Delay. Done, before the delay.
	FaultSlow Fault = "slow"
	// FaultTruncated closes the connection in the middle of the body. Done.
	FaultTruncated Fault = "truncated"
	// FaultEndless is a 200 whose body ends only when the client goes away; the
	// log keeps its beginning. Done.
	FaultEndless Fault = "endless"
	// FaultHTML is a web page with status 200. Not done.
	FaultHTML Fault = "HTML with 200"
	// FaultContentType is the right answer under a type that it does not have:
	// text/html, text/plain or application/octet-stream, by draw. Done.
	FaultContentType Fault = "wrong content type"
	// FaultMalformed is the first half of the right body as if it were all. Done.
	FaultMalformed Fault = "malformed JSON"
	// FaultRedirect is a 302 or 307, by draw, to the same address. Not done.
	FaultRedirect Fault = "redirect"
	// FaultRedirectElsewhere is a 302 or 307, by draw, to Faults.Elsewhere. Not done.
	FaultRedirectElsewhere Fault = "redirect elsewhere"
)

// faultRule says what a kind of fault does.
type faultRule struct {
	kind Fault
	done bool
	act  func(*disturbance)
}

func faultRules() []faultRule {
	return []faultRule{
		{FaultThrottled, false, (*disturbance).throttle},
		{FaultForbidden, false, (*disturbance).forbid},
		{FaultInternal, false, (*disturbance).fail500},
		{FaultBadGateway, false, (*disturbance).fail502},
		{FaultUnavailable, false, (*disturbance).fail503},
		{FaultGatewayTimeout, true, (*disturbance).fail504},
		{FaultDroppedBefore, false, (*disturbance).dropBefore},
		{FaultDroppedAfter, true, (*disturbance).dropAfter},
		{FaultSlow, true, (*disturbance).slow},
		{FaultTruncated, true, (*disturbance).truncate},
		{FaultEndless, true, (*disturbance).neverEnd},
		{FaultHTML, false, (*disturbance).page},
		{FaultContentType, true, (*disturbance).mislabel},
		{FaultMalformed, true, (*disturbance).malform},
		{FaultRedirect, false, (*disturbance).redirect},
		{FaultRedirectElsewhere, false, (*disturbance).redirectElsewhere},
	}
}

// AllFaults returns every kind of fault.
func AllFaults() []Fault {
	var kinds []Fault
	for _, rule := range faultRules() {
		kinds = append(kinds, rule.kind)
	}
	return kinds
}

// Done tells whether Refold did what the request asked. It panics on a kind that does not exist.
func (f Fault) Done() bool { return f.rule().done }

func (f Fault) rule() faultRule {
	for _, rule := range faultRules() {
		if rule.kind == f {
			return rule
		}
	}
	panic("mockapi: there is no fault " + string(f))
}
