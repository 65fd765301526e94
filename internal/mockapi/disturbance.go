// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// disturbance is one request that goes wrong. Each of its methods that a
// faultRule names is one kind of fault.
type disturbance struct {
	server *Server
	faults Faults
	// chance gives the same values for the same request every time.
	chance  *rand.Rand
	w       *loggedWriter
	r       *http.Request
	bodyErr error
}

func (d *disturbance) throttle() {
	d.refuse(http.StatusTooManyRequests, pick(d, HintNone, HintSeconds, HintDate, HintReset))
}

func (d *disturbance) forbid() {
	d.refuse(http.StatusForbidden, pick(d, HintSeconds, HintDate, HintReset))
}

func (d *disturbance) refuse(status int, hint Hint) {
	disown(d.w)
	hint.set(d.w.Header(), d.server.shownTime(), d.faults.RetryAfter, PublishedPerSecond)
	d.server.throttled(status).send(d.w)
}

func (d *disturbance) fail500() {
	d.fail(fail(http.StatusInternalServerError, codeInternal, "Something went wrong"))
}

func (d *disturbance) fail502() {
	d.fail(fail(http.StatusBadGateway, codeServerError, "Bad gateway"))
}

func (d *disturbance) fail503() {
	d.fail(fail(http.StatusServiceUnavailable, codeServerError, "Service unavailable"))
}

func (d *disturbance) fail504() {
	d.work()
	d.fail(fail(http.StatusGatewayTimeout, codeServerError, "Gateway timeout"))
}

func (d *disturbance) fail(f *failure) {
	disown(d.w)
	if pick(d, true, false) {
		d.server.refusal(f).send(d.w)
		return
	}
	nginxPage(f.status).write(d.w)
}

func (d *disturbance) dropBefore() { cutConnection() }

func (d *disturbance) dropAfter() {
	d.work()
	cutConnection()
}

func (d *disturbance) slow() {
	made := d.work()
	timer := time.NewTimer(d.faults.Delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		d.adopt(made).write(d.w)
	case <-d.r.Context().Done():
		cutConnection()
	}
}

func (d *disturbance) truncate() {
	disown(d.w)
	made := d.adopt(d.work())
	d.w.Header().Set("Content-Length", strconv.Itoa(max(1, len(made.body))))
	d.w.WriteHeader(made.status)
	// A client that went away before its answer is the client's business.
	_, _ = d.w.Write(made.body[:len(made.body)/2])
	_ = http.NewResponseController(d.w).Flush()
	cutConnection()
}

func (d *disturbance) neverEnd() {
	disown(d.w)
	d.work()
	d.w.Header().Set("Content-Type", contentTypeJSON)
	d.w.WriteHeader(http.StatusOK)
	_, err := d.w.Write([]byte(`{"account_id":"`))
	padding := bytes.Repeat([]byte("a"), 32<<10)
	for err == nil && d.r.Context().Err() == nil {
		// Past the log, which would grow without end.
		_, err = d.w.ResponseWriter.Write(padding)
	}
	cutConnection()
}

func (d *disturbance) page() {
	disown(d.w)
	answer{http.StatusOK, contentTypeHTML, []byte("<!DOCTYPE html>\n<html><head><title>Maintenance</title></head>" +
		"<body><h1>We will be back soon</h1></body></html>\n")}.write(d.w)
}

func (d *disturbance) mislabel() {
	disown(d.w)
	made := d.adopt(d.work())
	made.contentType = pick(d, contentTypeHTML, "text/plain; charset=utf-8", "application/octet-stream")
	made.write(d.w)
}

func (d *disturbance) malform() {
	disown(d.w)
	made := d.work()
	whole := made.body
	if !bytes.HasPrefix(whole, []byte("{")) {
		whole = []byte(`{"success": true}`)
	}
	answer{made.status, contentTypeJSON, whole[:len(whole)/2]}.write(d.w)
}

func (d *disturbance) redirect() { d.sendTo(d.r.RequestURI) }

func (d *disturbance) redirectElsewhere() { d.sendTo(d.faults.Elsewhere + d.r.RequestURI) }

func (d *disturbance) sendTo(location string) {
	disown(d.w)
	d.w.Header().Set("Location", location)
	status := pick(d, http.StatusFound, http.StatusTemporaryRedirect)
	nginxPage(status).write(d.w)
}

// work does what the request asks and keeps the answer.
func (d *disturbance) work() *keptAnswer {
	kept := &keptAnswer{header: http.Header{}}
	d.server.serve(kept, d.r, d.w.entry, d.bodyErr)
	kept.WriteHeader(http.StatusOK)
	return kept
}

// adopt makes a kept answer the one to send, headers included.
func (d *disturbance) adopt(kept *keptAnswer) answer {
	maps.Copy(d.w.Header(), kept.header)
	return answer{kept.status, kept.header.Get("Content-Type"), kept.body}
}

// pick draws one of several things.
func pick[T any](d *disturbance, from ...T) T { return from[d.chance.IntN(len(from))] }

// cutConnection ends a handler without the rest of its answer, over real
// connections and in tests without any.
func cutConnection() { panic(http.ErrAbortHandler) }

// disown tells every http.ResponseWriter around w that wants to know that what
// comes is not Refold's answer.
func disown(w http.ResponseWriter) {
	for {
		if around, ok := w.(interface{ Disown() }); ok {
			around.Disown()
		}
		wrapped, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return
		}
		w = wrapped.Unwrap()
	}
}

// nginxPage is the page of the proxy in front of Refold (FACTS 1.7).
func nginxPage(status int) answer {
	title := strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
	return answer{status, "text/html", fmt.Appendf(nil,
		"<html>\r\n<head><title>%[1]s</title></head>\r\n<body>\r\n<center><h1>%[1]s</h1></center>\r\n"+
			"<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n", title)}
}

// keptAnswer is an answer that was made and not sent.
type keptAnswer struct {
	header http.Header
	status int
	body   []byte
}

// Header implements http.ResponseWriter.
func (k *keptAnswer) Header() http.Header { return k.header }

// WriteHeader implements http.ResponseWriter.
func (k *keptAnswer) WriteHeader(status int) {
	if k.status == 0 && status >= http.StatusOK {
		k.status = status
	}
}

// Write implements http.ResponseWriter.
func (k *keptAnswer) Write(chunk []byte) (int, error) {
	k.WriteHeader(http.StatusOK)
	k.body = append(k.body, chunk...)
	return len(chunk), nil
}
