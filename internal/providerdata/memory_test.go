// SPDX-License-Identifier: MPL-2.0

package providerdata_test

import (
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

func TestRemember(t *testing.T) {
	data := providerdata.Pending(nil)
	if kept, known := providerdata.Recall[string](data, "acme"); kept != "" || known {
		t.Errorf("of nothing: %q, %t", kept, known)
	}
	providerdata.Remember(data, "acme", "text")
	providerdata.Remember(data, "acme", 7)
	providerdata.Remember(data, "globex", "other")
	if kept, known := providerdata.Recall[string](data, "acme"); kept != "text" || !known {
		t.Errorf("the text is %q, %t", kept, known)
	}
	if kept, known := providerdata.Recall[int](data, "acme"); kept != 7 || !known {
		t.Errorf("the number is %d, %t", kept, known)
	}
}
