// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// PlanBeforeDestroy is advice for an error in a plan that a destroy may have begun with.
const PlanBeforeDestroy = "(`terraform destroy` begins with a plan of the configuration, and meets this there: mend that, or run `terraform destroy -refresh=false`.)"

// advice says what to do about an error of the client. It ends with a look where the request may
// have been carried out and must not be sent twice.
func advice(subject Subject, err error) string {
	var told string
	if mismatch, ok := errors.AsType[*refold.EnvironmentError](err); ok {
		told = adviceOnEnvironment(subject, mismatch)
	} else if refusal, ok := errors.AsType[*refold.Error](err); ok {
		told = adviceOnAnswer(subject, refusal)
	} else {
		told = adviceOnSilence(subject, err)
	}
	if needsLook(subject, err) {
		told += " " + lookFirst(subject)
	}
	return strings.TrimSpace(told)
}

// needsLook reports whether the request may have been carried out, and to make it again may do
// harm.
func needsLook(subject Subject, err error) bool {
	return refold.IsUncertain(err) || subject.Again != "" && refold.MayHaveArrived(err)
}

func lookFirst(subject Subject) string {
	return "The request may have been carried out all the same. " + cmp.Or(subject.Again, subject.Find, fmt.Sprintf(
		"Before you apply again, look at Refold whether the %s is there: another apply would make a second one.", subject.Short()))
}

// again is text that advises to apply again, and the other text where that may do harm.
func again(subject Subject, err error, text, otherwise string) string {
	if needsLook(subject, err) {
		return otherwise
	}
	return text
}

// safety says why applying again is safe, and nothing where it is not.
func safety(subject Subject, err error) string {
	if silence, ok := errors.AsType[*refold.UnreachableError](err); ok && !silence.MayHaveArrived {
		return " Applying again is safe: the request did not arrive."
	}
	return again(subject, err, " Applying again is safe, whether or not the request arrived.", "")
}

func adviceOnEnvironment(subject Subject, mismatch *refold.EnvironmentError) string {
	switch {
	case mismatch.Got == "":
		return "This server cannot confirm the provider's `environment`. Remove that attribute (and REFOLD_ENVIRONMENT) to work without the guard."
	case mismatch.Written:
		return fmt.Sprintf("Look at the %s in environment %q: the change went there, and nothing takes it back. Then use the API key of the intended environment, or change the provider's `environment`.", subject.Short(), mismatch.Got)
	}
	return "Use the API key of the intended environment, or change the provider's `environment`."
}

// adviceOnSilence is for no answer, or none that could be read.
func adviceOnSilence(subject Subject, err error) string {
	if _, another := errors.AsType[x509.HostnameError](err); another {
		return "The certificate is that of another host. Check the provider's `base_url`: its host must be written as the certificate has it. If it is, something in between answers in Refold's place."
	}
	if _, untrusted := errors.AsType[*tls.CertificateVerificationError](err); untrusted {
		return "This machine does not trust the certificate that it was shown. If the deployment, or a proxy in between, has a certificate authority of its own, add that to the system's trusted ones (on Linux, the environment variable SSL_CERT_FILE may name its file). Otherwise another server may have answered: check the provider's `base_url`."
	}
	if proxy, isByProxy := errors.AsType[*refold.ProxyError](err); isByProxy {
		return adviceOnProxy(proxy) + safety(subject, err)
	}
	if _, unknown := errors.AsType[*net.DNSError](err); unknown {
		return "The host's name cannot be looked up from here. Check the spelling of the provider's `base_url`, and whether this machine needs a VPN or another name server."
	}
	switch {
	case errors.Is(err, context.Canceled):
		return again(subject, err, "Run the same command again: what was done is recognised, the rest is done. (After terraform destroy, an apply would create anew what is gone.)", "")
	case errors.Is(err, refold.ErrAnswerTooLarge):
		return fmt.Sprintf("Refold sends nothing as large as that for one %s. Check the provider's `base_url`, and any proxy in between.", subject.Short())
	case errors.Is(err, http.ErrSchemeMismatch):
		return "The server speaks plain http where the provider's `base_url` says https. Check its port, or write http:// (which needs `allow_insecure_http = true` for another host than this machine)."
	case errors.Is(err, syscall.ECONNREFUSED):
		return "Nothing listens at that address. Check host and port of the provider's `base_url`, and that the deployment runs." + again(subject, err, " Applying again is safe.", "")
	case errors.Is(err, refold.ErrRequestTimeout), errors.Is(err, context.DeadlineExceeded):
		return "If the deployment is slow, raise the provider's `request_timeout`. If it never answers, check `base_url`, the network, and any firewall or proxy in between." + safety(subject, err)
	}
	return "Check the provider's `base_url`, the network and any proxy in between." + safety(subject, err)
}

func adviceOnAnswer(subject Subject, refusal *refold.Error) string {
	switch refusal.Kind {
	case refold.AccountNotFound, refold.NotFound:
		return adviceOnMissing(subject, refusal.Kind)
	case refold.WrongAccount, refold.WrongObject:
		return "Write the id exactly as Refold has it: upper and lower case count, although this server seems not to mind. If the ids have nothing in common, a proxy or cache in between mixes answers up."
	case refold.Unproven:
		return "The answer is that of a success, and nothing shows that there was one, so this counts as not done." + again(subject, refusal, " Run the same command again: what was done is recognised, the rest is done. (After terraform destroy, an apply would create anew what is gone.)", "") +
			" If it stays, check the provider's `base_url`, and any proxy in between that answers in Refold's place."
	case refold.DuplicateCredential:
		return "Refold holds a credential of that key already, or takes two keys for the same, for example because they differ only in case. Make the keys differ in more than that, then apply again."
	}
	if refusal.RetryAfter > refold.LongestRetryAfter {
		return fmt.Sprintf("The server asked to wait %s, which is longer than the %s that this provider waits.%s", refusal.RetryAfter.Round(time.Second), refold.LongestRetryAfter, again(subject, refusal, " Run the same command again later (a saved plan has to be made anew).", ""))
	}
	if refusal.Status >= http.StatusInternalServerError {
		return adviceOnFault(subject, refusal)
	}
	return adviceOnStatus(subject, refusal)
}

// adviceOnProxy is about what stands between this machine and Refold, and is named by its
// environment.
func adviceOnProxy(proxy *refold.ProxyError) string {
	const named = "The environment of this run (HTTPS_PROXY, HTTP_PROXY, NO_PROXY) sends requests through the proxy %s. "
	switch {
	case proxy.Status == 0:
		return fmt.Sprintf(named+"Check its host and port, and whether it runs; or, if Refold can be reached without it, add Refold's host to NO_PROXY.", proxy.Host)
	case proxy.Status == http.StatusProxyAuthRequired:
		return fmt.Sprintf(named+"It wants a user and a password: put them into that variable, as in http://USER:PASSWORD@%s, with special characters percent-encoded.", proxy.Host, proxy.Host)
	}
	if proxy.Status >= http.StatusInternalServerError {
		return fmt.Sprintf(named+"It could not connect to Refold's host, or is overloaded: run the same command again later, and ask whoever runs the proxy if it stays; or, if Refold can be reached without it, add the host to NO_PROXY.", proxy.Host)
	}
	return fmt.Sprintf(named+"It refuses to connect to Refold's host: have that allowed there, or add the host to NO_PROXY.", proxy.Host)
}

// adviceOnMissing is about an object that is not found, or whose account is not.
func adviceOnMissing(subject Subject, kind refold.Kind) string {
	missing, its := "such "+subject.Short(), "the "+subject.Short()+"'s"
	if kind == refold.AccountNotFound && subject.Account != "" {
		missing, its = LinkedAccount(subject.Account).String(), "its"
	}
	return fmt.Sprintf("Where the API key looks, there is no %s. It may have been deleted a moment ago: make a new plan. If it should exist, check that the id is written as Refold has it (upper and lower case count), and that the API key belongs to %s environment.", missing, its)
}

func adviceOnStatus(subject Subject, refusal *refold.Error) string {
	switch {
	case refusal.Status == http.StatusUnauthorized && refusal.BySessionToken:
		return "The API key was accepted, but not the session token that Refold issued for it a moment before. A proxy in front of Refold may drop the Authorization header, or something else revoked the token. If it stays, check whether the deployment is too old for this."
	case refusal.Status == http.StatusUnauthorized:
		return "The API key was refused. Check the provider's `api_key` (or REFOLD_API_KEY). A key that was regenerated in the dashboard stops working at once, and a key only works on the deployment that issued it (`base_url`)."
	case refusal.Status == http.StatusProxyAuthRequired:
		return "A proxy on the way wants a user and a password. The environment of this run names it (HTTP_PROXY): put them into that variable, as in http://USER:PASSWORD@HOST:PORT, with special characters percent-encoded; or, if Refold can be reached without it, add Refold's host to NO_PROXY."
	case refusal.Status == http.StatusForbidden:
		return "The API key may not do this, or something in front of Refold blocked it. If the message above names a permission, ask an administrator of your Refold organization; otherwise ask whoever runs the proxy or firewall in front of Refold."
	case refusal.Status == http.StatusRequestEntityTooLarge:
		long := "the configuration"
		if subject.isAccount() {
			long = "`udf` or the credentials"
		}
		return fmt.Sprintf("The request is larger than the server, or a proxy in front of it, accepts. Shorten %s, or have that limit raised.", long)
	case refusal.Status == http.StatusTooManyRequests:
		return "Refold's rate limit was still exceeded after all retries, although the provider slowed down. Something else is using the same key: apply again when it is done, or lower the provider's `requests_per_second` so that together they stay within the allowance."
	case refusal.Status >= 300 && refusal.Status < 400:
		return "Set the provider's `base_url` to the final address of the deployment. Redirects to another host or protocol are not followed, because the API key would go with them. If they lead to a login page, requests with an API key have to be let through without one."
	case refusal.NotRefold:
		return "This does not look like Refold's API. Check the provider's `base_url` (scheme, host, port and path prefix) and any proxy or login page in front of it."
	case refusal.Code == "MISSING_REQUIRED_FIELD":
		return fmt.Sprintf("Refold did not receive everything that was sent; a proxy may drop headers or query parameters. This does not mean that the %s is gone.", subject.Short())
	case refusal.Status == http.StatusNotFound:
		return fmt.Sprintf("This does not mean that the %s is gone. The server may not know the path: check the provider's `base_url` (path prefix), and whether the deployment is too old for this.", subject.Short())
	}
	return "Refold refused the request. Correct what its message names" + again(subject, refusal, ", then apply again.", ".")
}

// adviceOnFault is about status 500 and above. Old servers fail so on ids of accounts that need
// encoding (FACTS 2.1.6).
func adviceOnFault(subject Subject, refusal *refold.Error) string {
	later := again(subject, refusal, "Run the same command again later (a saved plan has to be made anew); if", "If")
	advice := fmt.Sprintf("This is a fault at Refold's side. %s it stays, pass the message above to Refold's support.", later)
	if refusal.NotRefold {
		advice = fmt.Sprintf("Refold, or a proxy in front of it, is out of order. %s it stays, check the provider's `base_url` as well.", later)
	}
	if account, _ := subject.account(); strings.ContainsAny(account.Name, "@%+ /") {
		advice += " If only ids with @, %, +, / or spaces fail: servers before v3.7.0 mishandle them in some calls."
	}
	return advice
}
