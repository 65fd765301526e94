// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"errors"
	"io"
	"net/url"
	"syscall"
)

// reasonOf says why no answer arrived. A connection that breaks off is described
// in words, because "EOF" tells nobody what happened. The *url.Error around the
// reason is dropped: its URL says nothing that the caller does not say better.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection broke off in the middle of the answer"
	case errors.Is(err, io.EOF):
		return "the connection was closed before an answer came"
	case errors.Is(err, syscall.ECONNRESET):
		return "the connection was cut before the answer was complete (connection reset)"
	}
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err.Error()
	}
	return err.Error()
}
